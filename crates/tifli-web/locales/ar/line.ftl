# خط الاتصال ولوحة كل وحدة.

nav-call = تلقّي مكالمة
nav-calls = مكالمات قيد المتابعة
nav-unit = مصلحتي
call-title = مكالمة على الخط { $x }
call-heading = مكالمة على الخط
call-danger-words = هل هناك شخص في خطر الآن؟ قل أولاً: اتصل بالرقم
call-words = ما يقوله المتصل
call-words-hint = يكفي الاسم الشخصي للطفل أو مكان أو قطعة لباس للتعرف على القضية.
call-place = أين
call-when = متى
call-when-hint = «الآن» أو «20 دقيقة» أو «17:30» أو تاريخ
when-now = الآن
call-about = بمن يتعلق الأمر؟
call-no-case = لا توجد قضية مفتوحة تطابق هذه الكلمات.
call-no-name = الاسم الشخصي غير مذكور
call-years =
    { $n ->
        [zero] أقل من سنة
        [one] سنة واحدة
        [two] سنتان
        [few] { $n } سنوات
       *[other] { $n } سنة
    }
call-none-of-these = ليس أحداً من هؤلاء الأطفال:
call-choose = اختر قضية، أو حدّد موضوع المكالمة.
call-kind-tip = معلومة عن طفل مبحوث عنه
call-kind-unmatched = طفل، ولا تطابقه أي قضية
call-kind-other_child = اختفاء طفل آخر
call-kind-danger = شخص في خطر الآن
call-kind-complaint = شكاية
call-kind-wrong_number = رقم خاطئ أو مكالمة صامتة
call-ask = أسئلة لم تُطرح بعد
call-ask-still_there = هل ما زال الطفل هناك؟
call-ask-direction = في أي اتجاه ذهب؟
call-ask-clothes = ماذا يرتدي؟
call-ask-with = هل هو وحده؟ ومن يرافقه؟
call-ask-vehicle = هل كان راجلاً؟ أم في أي مركبة؟
call-ask-plate = ما رقم اللوحة، ولو جزءاً منه؟
call-more = تفاصيل أخرى (اختيارية)
call-still_there = ما زال الطفل هناك
call-still-yes = نعم
call-still-no = لا
call-phone = هاتف المتصل
call-caller = اسم المتصل
call-direction = الاتجاه الذي سلكه
call-clothes = الملابس
call-with = المرافق
call-vehicle = المركبة
call-plate = رقم اللوحة
call-called_at = ساعة المكالمة
call-called_at-hint = تُملأ فقط إذا دُوّنت المكالمة لاحقاً.
call-go = تسجيل المكالمة
call-key = المفتاح { $x } يفتح هذه الاستمارة من جميع الصفحات
call-taken-title = سُجّلت المكالمة
call-danger-now = اتصل فوراً بالرقم
call-receipt = الرقم الذي يُقرأ على المتصل
call-receipt-words = اقرأ الأرقام أربعة أربعة. بهذا الرقم يمكن للمتصل العودة والاطلاع على أسئلتنا؛ ولن يُعرض مرة أخرى.
call-number = المكالمة رقم
call-no = رقم { $x }
call-called = ساعة المكالمة
call-case = القضية
call-due = أجل المتابعة
call-by = تلقّاها
call-tip = المعلومة
call-tip-open = فتحها في قائمة المعلومات
call-next-tip = أُدرجت المكالمة في قائمة المعلومات.
call-next-unmatched = المكالمة في الانتظار: سيتحقق أحد الموظفين مما إذا كانت تخص قضية، أو طفلاً لم يُبلَّغ عن اختفائه بعد.
call-next-other_child = افتح بلاغاً بما قيل، أو أرسله إلى المنطقة المختصة.
call-next-danger = المكالمة في انتظار تأكيد إرسال النجدة.
call-next-complaint = سيعالج الشكاية شخص آخر غيرك.
call-next-wrong_number = سيطّلع عليها شخص آخر خلال اليوم: فقد يُحسب همس طفل مكالمةً خاطئة.
call-open-report = فتح بلاغ بهذه الأقوال
call-look = الاطلاع على المكالمة
call-next = المكالمة التالية
call-silent = لم يُقل شيء.
call-settled = عولجت
call-erased = أُفرغت
call-another = معالجتها من اختصاص شخص آخر.
call-join = تبيّن أنها تتعلق بإحدى هذه القضايا
call-join-do = إلحاقها بالقضية
call-note = كيفية المعالجة
call-settle = تسجيل المعالجة
call-settle-tip = ما تم القيام به.
call-settle-unmatched = ما تم التحقق منه، وسبب عدم تعلقها بأي قضية.
call-settle-other_child = الجهة التي وُجّه إليها المتصل، إذا لم يُفتح بلاغ.
call-settle-danger = الفرقة التي أُرسلت، ومن أرسلها، وفي أي ساعة.
call-settle-complaint = ما أُجيب به المتصل، ومن أجابه.
call-settle-wrong_number = سبب عدم وجود ما يدعو إلى القلق.
calls-waiting =
    { $n ->
        [zero] لا مكالمات في الانتظار
        [one] مكالمة واحدة في الانتظار
        [two] مكالمتان في الانتظار
        [few] { $n } مكالمات في الانتظار
        [many] { $n } مكالمة في الانتظار
       *[other] { $n } مكالمة في الانتظار
    }
calls-words = ما لم يصبح معلومةً يبقى هنا إلى أن يتولاه أحد الموظفين. لا يضيع شيء.
calls-empty = عولجت جميع المكالمات.
calls-rest = آخر المكالمات
unit-kept-searched = سُجّل بحثكم في القضية.
unit-kept-seen = أُدرجت مشاهدتكم في قائمة المعلومات، وأُشعرت قاعة القيادة.
unit-empty = لا تبحث مصلحتكم عن أي طفل في الوقت الراهن.
unit-acknowledge = قراءة وإشعار بالاستلام
unit-searched = بحثنا هنا ولم نجد شيئاً
unit-seen = شوهد الطفل
unit-print = طباعة
searched-title = بحثنا هنا ولم نجد شيئاً
searched-words = تُحفظ هذه النتيجة في القضية. ولا تؤخر أي بحث ولا تقلصه ولا تنهيه.
searched-given = الأماكن المسندة إلى وحدتكم
searched-place = أين بحثتم؟
searched-elsewhere = أو مكان آخر
searched-cover = كيف كان البحث؟
searched-more = الساعة والملاحظات
searched-when = متى
searched-note = ملاحظة
searched-keep = تسجيل في القضية
cover-thorough = بحث دقيق: كل مكان قد يوجد فيه طفل
cover-partial = بحث جزئي: ما كان مفتوحاً أو ظاهراً
cover-passing = مرور عابر
seen-title = شوهد الطفل
seen-call = هل الطفل أمامكم؟ ابقوا معه واتصلوا بالرقم
seen-how = من شاهده؟
seen-how-ourselves = نحن
seen-how-told = أخبرنا به شخص
seen-place = أين
seen-when = متى
seen-words = ما شوهد
seen-keep = إرسال إلى قاعة القيادة
section-searches = أماكن بُحث فيها دون نتيجة
searches-title = أماكن بُحث فيها دون نتيجة
searches-words = ما فتشته الوحدات دون العثور على شيء. يُستعان به في ترتيب ما يلي، ولا ينهي أي بحث.
searches-empty = لم تسجل أي وحدة بحثاً بعد.
act-call-take = تلقّى مكالمة
act-call-settle = عالج مكالمة
act-call-join = ألحق مكالمة بقضية
act-call-page_room = أُشعرت القاعة بمكالمة متأخرة
act-call-erase = أُفرغت مكالمة بانقضاء أجلها
act-unit-searched = سجّل بحثاً دون نتيجة
act-unit-seen = أفاد بمشاهدة الطفل
problem-case_not_open = لم يعد البحث جارياً عن هذا الطفل. اختر قضية أخرى، أو لا شيء.
problem-search_ceased = توقف البحث عن هذا الطفل. إذا شاهدتموه فاتصلوا بقاعة القيادة.
problem-nothing_waits = لا شيء قيد الانتظار في هذه المكالمة.
dp-activity-line = خط الاتصال
dp-purpose-line = تلقي مكالمات العموم وإلحاق كل منها بالقضية المعنية دون ضياع أي منها، بما في ذلك الشكايات.
