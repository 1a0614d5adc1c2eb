# ما تزنه سلطة الموافقة، واقتراح درجة أخرى، والطريق إلى إنهاء الإنذار من كل صفحة.
field-in-language = { $x } – لغة النص: { $y }
glance-title = نظرة سريعة
glance-people = من المشتركين يصلهم الإنذار
glance-clear = لا تنبيهات
glance-decide = القرار
glance-blocking =
    { $n ->
        [zero] لا تنبيه مانع
        [one] تنبيه مانع واحد
        [two] تنبيهان مانعان
        [few] { $n } تنبيهات مانعة
        [many] { $n } تنبيها مانعا
       *[other] { $n } تنبيه مانع
    }
glance-confirm =
    { $n ->
        [zero] لا تنبيه ينتظر التأكيد
        [one] تنبيه واحد ينتظر التأكيد
        [two] تنبيهان ينتظران التأكيد
        [few] { $n } تنبيهات تنتظر التأكيد
        [many] { $n } تنبيها ينتظر التأكيد
       *[other] { $n } تنبيه ينتظر التأكيد
    }
warnings-title = تنبيهات بشأن النص
warnings-none = لا ملاحظات على النصوص
severity-blocks = مانع
severity-confirm = يحتاج إلى تأكيد
severity-advice = نصيحة
finding-event_against_report = نوع الحدث يخالف ما ورد في البلاغ. أعيدوا الإنذار إلى محرره، وسيُحدد النوع من جديد عند عرضه.
finding-abduction_word = لفظ يدل على الاختطاف، ولا يوجد ما يثبت أن الطفل أُخذ:
finding-family_phone = رقم هاتف للأسرة أو للطفل:
finding-radius_in_metres = أمتار، بينما المنطقة بالكيلومترات:
finding-runaway_word = لفظ يدل على الهروب، والطفل قد أُخذ:
finding-demeaning_word = لفظ يمس بكرامة الطفل:
finding-status_word = لفظ عن الحضانة أو الرعاية أو الجنح:
finding-family_name = الاسم العائلي:
finding-unknown_phone = رقم ليس من أرقام السلطة:
finding-radius_without_unit = مسافة بلا وحدة قياس:
finding-language_missing = لا يوجد نص بهذه اللغة، ولا ينبغي أن يتأخر الإنذار بسببه.
finding-place_cut = المكان أطول مما تتسع له إحدى القنوات، ويظهر فيها هكذا:
confirm-warnings = أؤكد أن ما يلي يجوز أن يرد في الإنذار
confirm-reason = لماذا يجوز أن يرد
confirm-reason-hint = يُحفظ مع القرار ويطلع عليه من يراجعه.
run-gone = حُذف:
run-added = أُضيف:
run-end = (انتهى)
changed-area = تغيرت المنطقة على الخريطة.
changed-photo = تغيرت الصورة، أو لم تعد هناك صورة.
texts-fields = النصوص، حقلا حقلا
sent-raw = كما سيُرسل، حرفا بحرف
sent-changed = ما يختلف عن الرسالة التي أُرسلت معلَّم.
push-look-title = الإشعار على الهاتف
push-alert = طفل مفقود
push-update = تحديث: طفل مفقود
push-drill = تمرين
push-demo = تجريبي
push-comma = ،{" "}
push-years =
    { $n ->
        [zero] أقل من سنة
        [one] سنة واحدة
        [two] سنتان
        [few] { $n } سنوات
        [many] { $n } سنة
       *[other] { $n } سنة
    }
attention-title = الإنذارات التي تلقاها الناس هنا خلال الأيام الثلاثين الماضية
attention-here =
    { $n ->
        [zero] لم يصل أي إنذار آخر إلى أحد هنا.
        [one] وصل إنذار واحد إلى أشخاص هنا.
        [two] وصل إنذاران إلى أشخاص هنا.
        [few] وصلت { $n } إنذارات إلى أشخاص هنا.
        [many] وصل { $n } إنذارا إلى أشخاص هنا.
       *[other] وصل { $n } إنذار إلى أشخاص هنا.
    }
attention-forgotten =
    { $n ->
        [zero] لم يُمح أي إنذار.
        [one] ومُحي إنذار آخر فلم تعد منطقته معروفة.
        [two] ومُحي إنذاران آخران فلم تعد منطقتاهما معروفتين.
        [few] ومُحيت { $n } إنذارات أخرى فلم تعد مناطقها معروفة.
        [many] ومُحي { $n } إنذارا آخر فلم تعد مناطقها معروفة.
       *[other] ومُحي { $n } إنذار آخر فلم تعد مناطقها معروفة.
    }
attention-counted-subscribers = المشتركون داخل المنطقة، بحسب مناطق تلك الإنذارات.
attention-counted-residents = لا مشترك داخل المنطقة: السكان بحسب الإحصاء وتداخل المناطق.
attention-sampled = تقدير من عينة منتظمة من الأماكن.
attention-had-0 = لا شيء
attention-had-1 = إنذار واحد
attention-had-2 = إنذاران
attention-had-3 = ثلاثة فأكثر
attention-alerts =
    { $n ->
        [zero] أي إنذار
        [one] إنذارا واحدا
        [two] إنذارين
        [few] { $n } إنذارات
        [many] { $n } إنذارا
       *[other] { $n } إنذار
    }
attention-over = { $x } من الناس هنا تلقوا { $y } أو أكثر هذا الشهر. وقد لا ينتبهوا إلى إنذار آخر: فمنطقة أصغر أو إنذار أهدأ قد يكون أنفع للطفل.
loudness-title = شدة الإنذار
loudness-hour = الساعة هناك { $x }.
loudness-asleep = معظم الناس نيام.
loudness-awake = الناس مستيقظون.
loudness-danger = يوجد خطر معروف.
loudness-proposed = مقترح
loudness-quiet = هادئ
loudness-normal = عادي
loudness-siren = صفارة إنذار
loudness-heard = القناة { $x }: { $y }
heard-nothing = لا يُنادى أحد؛ ومن يأت يقرأ
heard-shown = يظهر بلا صوت ولا يوقظ هاتفا نائما
heard-sound = صوت واحد بحسب ضبط الهاتف
heard-insistent = صوت واهتزاز، ويبقى على الشاشة حتى يُلمس؛ فليس للمتصفح صفارة
heard-as_set = بحسب ضبط بريد القارئ
heard-asked = يُطلب ذلك من نظام الشريك وهو الذي يقرر
heard-partner = يقرر نظام الشريك وفق قواعده
other-decisions = الإعادة أو الرفض أو اقتراح درجة أخرى
another-rung = درجة أخرى
another-rung-hint = يقرؤها المحرر مع السبب أعلاه، ويمكنه اعتمادها بخطوة واحدة. وإن كان المقصود البرقية وحدها فارفضوا الإنذار.
propose-rung = إعادة مع هذه الدرجة
returned-rung = الدرجة المقترحة بدلا منها: { $x }
take-rung = اعتماد هذه الدرجة
take-rung-hint = تصبح الدرجة عندئذ مقررة، وتُنشأ مسودة جديدة بالنصوص نفسها تمتد بقدر ما تسمح به.
ending-this = إنهاء هذا الإنذار
ending-some =
    { $n ->
        [zero] إنهاء إنذار
        [one] إنهاء إنذار (إنذار واحد سارٍ)
        [two] إنهاء إنذار (إنذاران ساريان)
        [few] إنهاء إنذار ({ $n } إنذارات سارية)
        [many] إنهاء إنذار ({ $n } إنذارا ساريا)
       *[other] إنهاء إنذار ({ $n } إنذار سارٍ)
    }
end-list-title = إنهاء إنذار
end-list-words = ينهي الإنذارَ شخص واحد فورا. وتسأل الصفحة التالية عن السبب.
end-list-none = لا يوجد إنذار سارٍ يمكنكم إنهاؤه.
end-list-since = سارٍ منذ
end-list-do = إنهاء الإنذار الخاص بـ { $x }
problem-family_phone = يحتوي هذا الحقل على رقم هاتف للأسرة أو للطفل. لا تُنشر إلا أرقام السلطة.
problem-radius_in_metres = ورد هنا المتر؛ والمنطقة بالكيلومترات.
problem-warnings_block = يمنع تنبيهٌ في النص نشر هذا الإنذار. أعيدوه لتصحيحه.
problem-warnings_not_confirmed = أكدوا كل تنبيه يحتاج إلى تأكيد مع ذكر السبب، أو أعيدوا الإنذار.
problem-rung_is_refusal = إن كان المقصود البرقية وحدها فارفضوا الإنذار، فيُبلَّغ ولي الأمر بالسبب.
problem-rung_not_chosen = اختاروا الدرجة التي تقترحونها.
problem-no_rung_proposed = لم تُقترح درجة أخرى مع هذه النسخة، أو سبق اعتمادها.
act-case-take_rung = اعتمد الدرجة التي اقترحتها سلطة الموافقة
