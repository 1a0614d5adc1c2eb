# البرقيات الموجهة إلى المصالح الأمنية، ودليل المصالح التي تتلقاها.
nav-bulletins = البرقيات
nav-services = دليل المصالح
section-bulletin = البرقية
bulletins-words = يُرسل كل بلاغ فور تلقيه إلى جميع المصالح. افتحوا البرقية للاطلاع عليها، ثم أشعروا باستلامها.
bulletins-empty = لا توجد أي برقية.
bulletins-no-service = حسابكم غير مرتبط بأي مصلحة، ولذلك لا تُوجَّه إليكم أي برقية. يمكن لمدير النظام أن يلحقكم بمصلحة.
bulletins-waiting = { $n ->
    [zero] لا برقية تنتظر إشعاركم بالاستلام
    [one] برقية واحدة تنتظر إشعاركم بالاستلام
    [two] برقيتان تنتظران إشعاركم بالاستلام
    [few] { $n } برقيات تنتظر إشعاركم بالاستلام
    [many] { $n } برقية تنتظر إشعاركم بالاستلام
   *[other] { $n } برقية تنتظر إشعاركم بالاستلام
}
bulletin-title = برقية البحث
bulletin-none = لم يُستلم البلاغ بعد: تُرسل البرقية لحظة استلامه.
bulletin-recorded = يُسجَّل هذا الاطلاع. يبقى المضمون هنا ولا يرد في أي بريد إلكتروني.
bulletin-acknowledge = الإشعار بالاستلام
bulletin-acknowledged = تم الإشعار بالاستلام
bulletin-text = نص مجرد
bulletin-pdf = طباعة (PDF)
bulletin-services = المصالح المرسل إليها
bulletin-service = المصلحة
bulletin-mail = الإشعار بالبريد الإلكتروني
bulletin-reading = الاستلام
bulletin-phone = هاتف المداومة
bulletin-answered = أشعرت بالاستلام هاتفيا
bulletin-by-phone = هاتفيا
bulletin-remind = تذكير المصالح التي لم تُجب
bulletin-update = إرسال تحديث
bulletin-again = استئناف البحث
bulletin-all-answered = أشعرت جميع المصالح بالاستلام
bulletin-silent = { $n ->
    [zero] لا توجد مصلحة لم تُجب
    [one] مصلحة واحدة لم تُجب
    [two] مصلحتان لم تُجيبا
    [few] { $n } مصالح لم تُجب
    [many] { $n } مصلحة لم تُجب
   *[other] { $n } مصلحة لم تُجب
}
bulletin-failed = { $n ->
    [zero] لا رسالة لم تُسلَّم
    [one] رسالة إلكترونية واحدة لم تُسلَّم
    [two] رسالتان إلكترونيتان لم تُسلَّما
    [few] { $n } رسائل إلكترونية لم تُسلَّم
    [many] { $n } رسالة إلكترونية لم تُسلَّم
   *[other] { $n } رسالة إلكترونية لم تُسلَّم
}
bulletin-reminders = { $n ->
    [zero] بدون تذكير
    [one] تذكير واحد
    [two] تذكيران
    [few] { $n } تذكيرات
    [many] { $n } تذكيرا
   *[other] { $n } تذكير
}
bulletin-page = الصفحة { "{page}" } من { "{pages}" }
telegram-search = بحث
telegram-update = تحديث
telegram-cessation = إيقاف البحث
search-open = البحث جارٍ
search-ceased = توقف البحث
cause-found = عُثر على الطفل
cause-false_report = بلاغ غير صحيح
cause-issued_in_error = صدرت خطأ
cause-closed = أُغلق الملف
mail-waiting = في الانتظار
mail-handed = تسلمها خادم البريد
mail-failed = لم تُسلَّم
mail-needless = بدون بريد إلكتروني
reading-unread = لم تُقرأ
reading-read = قُرئت دون إشعار بالاستلام
reading-acknowledged = تم الإشعار بالاستلام
duty-bulletin_silent = الاتصال بالمصالح التي لم تُشعر باستلام البرقية
services-words = تتلقى جميع المصالح المفعَّلة كل برقية. المصلحة التي لا عنوان لها تطلع على برقياتها بعد تسجيل الدخول دون إشعار بالبريد الإلكتروني.
services-list = المصالح
services-export = تنزيل بصيغة CSV
services-reach = البريد الإلكتروني والمداومة
services-active = تتلقى البرقيات
services-active-yes = نعم، مفعَّلة
services-active-no = لا، موقوفة
services-no-mail = بدون عنوان
services-one = إضافة مصلحة أو تعديلها
services-id = المعرِّف
services-id-hint = حروف لاتينية صغيرة وأرقام وشرطات. إذا كان المعرِّف موجودا عُدِّلت تلك المصلحة.
services-kind = الصنف
services-name-ar = الاسم بالعربية
services-name-fr = الاسم بالفرنسية
services-name-en = الاسم بالإنجليزية
services-region = الجهة
services-email = عنوان البريد الإلكتروني
services-email-hint = لا يُعلَن عبره إلا عن وجود برقية في الانتظار.
services-save = حفظ المصلحة
services-import = استيراد ملف CSV
services-file = الملف
services-paste = أو محتواه ملصقا
services-take = استيراد
services-imported = تم استيراد الملف: { $x } من المصالح أضيفت أو عُدِّلت، و{ $y } بقيت كما هي.
services-line = السطر { $x }، العمود { $y }:
services-line-whole = السطر { $x }:
services-people = من ينتمي إلى أي مصلحة
services-join = إلحاق
services-none = بدون مصلحة
problem-not_addressed = هذه البرقية غير موجهة إلى مصلحتكم.
problem-nothing_new = لم يتغير شيء منذ آخر برقية.
problem-not_received = لم يُستلم البلاغ بعد.
problem-not_a_slug = حروف لاتينية صغيرة وأرقام وشرطات فقط، من حرفين إلى 48 حرفا.
problem-not_an_email = هذا ليس عنوان بريد إلكتروني.
problem-not_a_phone = لا يتضمن رقم الهاتف إلا أرقاما ومسافات وشرطات وعلامة زائد.
problem-given_twice = هذا المعرِّف مكرر.
problem-not_csv = تتعذر قراءة هذا السطر بصيغة CSV.
problem-columns_missing = يجب أن يسمي السطر الأول العمودين id وkind على الأقل.
problem-unknown_column = يسمي السطر الأول عمودا غير معروف.
problem-too_many_lines = عدد أسطر الملف أكبر من المسموح به.
act-bulletin-send = أرسل البرقية إلى جميع المصالح
act-bulletin-update = أرسل تحديثا للبرقية
act-bulletin-cease = أرسل برقية إيقاف البحث
act-bulletin-acknowledge = أشعرت مصلحة بالاستلام
act-bulletin-remind = ذكَّر المصالح التي لم تُجب
act-bulletin-read = اطلع على البرقية
act-bulletin-mail_failed = تعذر تسليم رسالة إلكترونية إلى مصلحة
act-service-put = عدَّل دليل المصالح
act-person-assign = ألحق شخصا بمصلحة
