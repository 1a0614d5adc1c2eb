# ما جرى ولماذا رُفض شيء: رموز التطبيق في جمل.

act-alert-approve = اعتمد الإنذار
act-alert-begin = بدأ إنذارا
act-alert-begin_update = بدأ تحديثا للإنذار
act-alert-confirm_end = أكد الإنهاء
act-alert-dark = سُحبت آخر قناة
act-alert-draft = حفظ المسودة
act-alert-end = أنهى الإنذار
act-alert-page_approver = نُبهت سلطة الاعتماد: لم يؤكد أحد الإنهاء
act-alert-read = قرأ الإنذار
act-alert-redraft = استأنف المسودة المعادة
act-alert-refuse = رفض الإنذار
act-alert-return = أعاد الإنذار
act-alert-submit = قدم الإنذار
act-audit-verify = تحقق من سلسلة التدقيق
act-case-add_photo = أضاف صورة
act-case-answer = أجاب عن أسئلة
act-case-close = أغلق الملف
act-case-confirm_erasure = وقع على المحو
act-case-decline_erasure = رفض المحو
act-case-erase = أُتلف المفتاح: محي الملف
act-case-erase_again = أُتم المحو بعد انقطاع
act-case-first_photo = قدم صورة أخرى
act-case-on_paper = سجّل متى تُسلّم البلاغ على الورق
act-case-read = قرأ الملف
act-case-receive = تسلم البلاغ وفتح القضية
act-case-remove_photo = أزال صورة
act-case-request_erasure = طلب المحو
act-case-search = بحث في القضايا
act-case-start = بدأ البلاغ
act-message-read = فتح النص المنشور
act-person-create = أنشأ حسابا
act-person-disable = عطل حسابا
act-person-enable = أعاد تفعيل حساب
act-person-first = صار أول مدير للنظام
act-person-password = غير كلمة سره
act-person-re_authenticate = أعاد إدخال كلمة السر
act-person-read = تحقق من مفتاح ثان
act-person-renew = منح شخصا أسرارا جديدة
act-person-sign_in = سجل الدخول
act-person-sign_in_refused = رُفض الدخول
act-person-sign_out = سجل الخروج
act-photo-read = فتح صورة
act-receipt-refuse = رمز إيصال غير موجود
act-tip-answer = أجاب عن سؤال حول معلومة
act-tip-ask = طرح سؤالا حول معلومة
act-tip-dismiss = استبعد معلومة
act-tip-link = ربط معلومة
act-tip-read = قرأ معلومات
act-tip-tell = أرسل معلومة
act-tip-apart = فصل معلومة عن مثيلاتها
act-tip-give = أسند معلومة إلى زميل
act-tip-grade = قيّم معلومة
act-tip-release = تخلى عن معلومة
act-tip-tag = صنّف معلومة
act-tip-take = تكفّل بمعلومة
act-tip-together = أعاد تجميع معلومة
act-tip-undo = ألغى إجراءه بشأن معلومة

problem-already_settled = سبق إنجاز هذه المهمة.
problem-alert_already_open = لهذه القضية إنذار مفتوح بالفعل.
problem-alert_ended = انتهى الإنذار.
problem-alert_not_live = الإنذار غير سار.
problem-alert_still_prepared = ما زال إنذار لهذه القضية قيد الإعداد: أتموه أولا.
problem-area_outside_country = المنطقة خارج البلد.
problem-area_self_crossing = حد المنطقة يتقاطع مع نفسه.
problem-regions_none = اختر منطقة واحدة على الأقل.
problem-region_unknown = لا يعرف البلد منطقة بهذا الرمز.
problem-regions_repeated = ذُكرت منطقة مرتين.
problem-regions_many = عدد المناطق المختارة كبير جدا؛ اختر الجهات كاملة.
problem-case_closed = الملف مغلق.
problem-case_not_open_for_alert = حالة القضية لا تسمح بإنذار.
problem-csrf = الاستمارة قديمة. افتحوا الصفحة من جديد.
problem-disk_full = القرص ممتلئ؛ لم يتغير شيء.
problem-district = هذا تابع لمنطقة أخرى.
problem-erased = محيت القضية.
problem-erasure_decided = بُت في هذا الطلب من قبل.
problem-erasure_not_done = لم يكتمل المحو بعد.
problem-failure = حدث خلل من جهتنا؛ لم يتغير شيء.
problem-foreign_realm = حسابكم تابع لنظام آخر.
problem-foreign_site = لم تأت الاستمارة من صفحتنا.
problem-holds_the_login = يجب ألا تحتوي كلمة السر على اسم المستخدم.
problem-invalid = لا يمكن قبول بعض ما أُدخل.
problem-invitation_over = استُعمل هذا الرابط أو انتهت صلاحيته.
problem-key_used_otherwise = أُرسلت هذه الاستمارة من قبل بمحتوى آخر.
problem-live_realm = لا يتم هذا في النظام الحقيقي.
problem-malformed = لا يمكن قراءة الاستمارة.
problem-no_district = ليست لحسابكم منطقة لتلقي البلاغات.
problem-no_question = لا يوجد سؤال للإجابة عنه.
problem-nobody_subscribed = لا أحد ممن يتلقون الإنذارات يسكن داخل هذه المنطقة. تحققوا من المركز ونصف القطر، ثم أكدوا إن كان ذلك هو المقصود.
problem-not_a_draft = لم تعد هذه النسخة مسودة.
problem-draft_changed = غيّر شخص آخر هذه المسودة بعد أن رأيتموها. قارنوا النصين ثم أرسلوا من جديد.
problem-paper_too_early = يُدخل البلاغ الورقي خلال سبعة أيام من تسلّمه. تحقّقوا من التاريخ.
problem-paper_before_last_seen = لا يمكن أن يُتسلَّم البلاغ قبل آخر مشاهدة للطفل. صحّحوا أحد الوقتين.
problem-already_received = سُجّل البلاغ من قبل والآجال جارية: لا يتغيّر وقت تسلّمه.
problem-not_a_key = ليس لهذه الاستمارة مفتاح خاص. افتحوا الصفحة من جديد.
problem-not_found = لا وجود لهذا.
problem-not_in_live = لا يتم هذا في النظام الحقيقي.
problem-not_possible_now = لم يعد هذا ممكنا: تغيرت الحالة في هذه الأثناء.
problem-not_returned = لم تُعد هذه النسخة.
problem-cap_not_signed = تعذرت كتابة الرسالة أو توقيعها في صيغة بروتوكول الإنذار الموحد (CAP)، ولذلك لم تنشر. أبلغوا القائمين على تشغيل النظام؛ والسبب مدون في سجله.
problem-not_signed = الموافقتان غير متطابقتين. قدموا الإنذار من جديد.
problem-not_submitted = هذه النسخة لا تنتظر قرارا.
problem-not_the_first = توجد حسابات بالفعل.
problem-outside_country = هذا المكان خارج البلد.
problem-own_account = لا يعطل أحد حسابه.
problem-photo_in_use = الصورة جزء من إنذار وتبقى.
problem-photo_missing = لم تعد هذه الصورة موجودة. اختاروا غيرها.
problem-photo_of_a_tip = هذه الصورة تابعة لمعلومة.
problem-nothing_to_undo = لا شيء للإلغاء: يمكن إلغاء إجراءاتكم خلال الدقائق العشر الأخيرة فقط.
problem-tip_moved_on = عولجت هذه المعلومة بعد ذلك: لم يعد إلغاء إجرائكم ممكنا.
problem-tip_taken = تكفّل زميل بهذه المعلومة.
problem-not_a_triager = هذا الشخص لا يعالج المعلومات.
problem-receipt_unknown = لا شيء بهذا الرمز.
problem-report_incomplete = البلاغ غير مكتمل: أتموه أولا.
problem-role = دوركم لا يسمح بهذا.
problem-same_person = يجب أن يقوم بهذا شخص ثان.
problem-settled_by_the_act = لا تُنهى هذه المهمة باليد: ينهيها الإجراء الذي تنتظره.
problem-spawn = لا يمكن تلقي الصور الآن. أعيدوا المحاولة بعد قليل.
problem-store = وقع خلل عند الحفظ؛ لم يتغير شيء.
problem-template = لا يمكن تكوين الجمل من هذه المعطيات. اكتبوا العنوان بأنفسكم.
problem-too_large = ما أُرسل كبير جدا.
problem-too_many_receipts = رموز خاطئة كثيرة. عودوا بعد ساعة.
problem-too_often = محاولات كثيرة. انتظروا قليلا ثم أعيدوا المحاولة.
problem-try_again = لم ينجح ذلك ولم يتغير شيء. أعيدوا المحاولة بعد لحظة.
problem-unknown_field = لا وجود لهذا السؤال.
problem-unknown_language = هذه اللغة غير مستعملة هنا.

problem-too_many_photos = { $n ->
    [one] يحتوي الملف على صورة واحدة على الأكثر. أزيلوا صورة أولا.
    [two] يحتوي الملف على صورتين على الأكثر. أزيلوا صورة أولا.
    [few] يحتوي الملف على { $n } صور على الأكثر. أزيلوا صورة أولا.
    [many] يحتوي الملف على { $n } صورة على الأكثر. أزيلوا صورة أولا.
   *[other] يحتوي الملف على { $n } صورة على الأكثر. أزيلوا صورة أولا.
}
receipt-published = { $n ->
    [one] نُشر.
    [two] نُشر في مكانين.
    [few] نُشر في { $n } أماكن.
    [many] نُشر في { $n } مكانا.
   *[other] نُشر في { $n } مكان.
}
receipt-withdrawn = { $n ->
    [one] سُحب.
    [two] سُحب لدى متلقيين.
    [few] سُحب لدى { $n } متلقين.
    [many] سُحب لدى { $n } متلقيا.
   *[other] سُحب لدى { $n } متلق.
}
receipt-targeted = { $n ->
    [zero] لا متلقي.
    [one] متلق واحد.
    [two] متلقيان.
    [few] { $n } متلقين.
    [many] { $n } متلقيا.
   *[other] { $n } متلق.
}
act-case-closing_corrected = صحح إجراء سُجل
act-case-closing_done = سجل إجراء قبل الإغلاق
act-case-closing_skipped = ترك إجراء قبل الإغلاق، باسم وسبب
act-case-closing_taken_back = تراجع عن إجراء سُجل
act-case-hold = منع محو الملف
act-case-lift_hold = رفع منع المحو
act-case-link_episode = ربط قضية أخرى للطفل نفسه
problem-closing_open = لا يمكن إغلاق الملف: ما زالت هناك إجراءات مطلوبة.
problem-closing_before = يسبقه إجراء لم يُسجل بعد.
problem-closing_stands_on = إجراء لاحق مبني عليه: تراجعوا عن اللاحق أولا.
problem-closing_not_needed = هذه القضية لا تحتاج إلى هذا الإجراء.
problem-closing_settled = سُجل هذا الإجراء أو جرى التراجع عنه من قبل.
problem-closing_receipts = هذا يثبت بالإشعارات وحدها ولا يُصرح به.
problem-hold_lifted = رُفع هذا المنع من قبل.
problem-in_the_past = تاريخ قد مضى.
problem-no_outcome = لم يُسجل مآل القضية بعد.
problem-under_hold = هذا الملف محفوظ بأمر قضائي ولا يُمحى.
problem-proceedings_open = هناك إجراءات قضائية جارية: لا يُمحى الملف.
act-found-register = سجل طفلا عُثر عليه
act-found-read = قرأ ملف طفل عُثر عليه
act-found-photo = أضاف صورة طفل عُثر عليه
act-found-propose = اقترح لمن يكون طفل عُثر عليه
act-found-link = أكد لمن يكون طفل عُثر عليه
act-found-decline = نفى أن يكون الطفل المقترح
act-found-close = أغلق ملف طفل عُثر عليه دون قضية
act-found-erase = محا ملف طفل عُثر عليه
problem-place_not_found = لا يوجد مكان بهذا الاسم.
problem-erased_with_its_case = يُمحى مع قضيته.
act-case-venue_open = أنذر عاملي مكان بطفل تائه
act-case-venue_found = قال إن الطفل التائه عُثر عليه
act-case-venue_expire = انقضت دقائق إنذار المكان
act-case-venue_grow = جعل من إنذار المكان قضية وطنية
act-venue-add = أضاف مكانا
act-venue-staff_on = أضاف إلى عاملي مكان
act-venue-staff_off = أزال من عاملي مكان
problem-not_staff = هذا الإنذار لعاملي مكان آخر.
problem-venue_taken = هذا الرمز لمكان آخر.
problem-not_in_country = هذه النقطة ليست داخل البلد.
problem-venue_radius = اكتبوا المدى بالكيلومتر، من 0.05 إلى 2.
problem-venue_minutes = من 5 إلى 60 دقيقة.
problem-no_such_login = لا مستخدم بهذا الاسم.
problem-not_of_the_venue = لا يُضاف إلى عاملي المكان إلا من ينتمي إلى وحدة في منطقته الأمنية.
problem-period_runs = لم تنته هذه الفترة بعد، ولا تُنشر أرقامها إلا بعد انتهائها.
problem-not_of_the_district = هذا الجهاز تابع لمنطقة أخرى.
problem-not_a_period = اكتبوا أسبوعا مثل ‎2026-W47‎ أو سنة مثل 2026.
problem-not_utf8 = هذا الملف ليس بترميز UTF-8. اختاروا عند حفظه من برنامج الجداول صيغة «CSV UTF-8».
problem-nothing_to_take = لا شيء للتطبيق: الملف فارغ أو لا يغير شيئا أو فيه سطر يحتاج إلى تصحيح.
problem-roster_columns_missing = يجب أن يسمي السطر الأول على الأقل الأعمدة login وname وrole.
problem-too_many_new = ينشئ الملف الواحد 200 حساب على الأكثر، فقسّموه.
problem-account_disabled = هذا الحساب مغلق، فافتحوه أولا.
problem-changed_meanwhile = تغيرت الحسابات في هذه الأثناء، فأعيدوا التحقق.
problem-own_move = لا ينقل أحد نفسه.
problem-moved_nowhere = الصفة والمنطقة والوحدة هي نفسها الحالية.
