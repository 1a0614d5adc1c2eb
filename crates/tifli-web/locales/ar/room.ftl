# قائمة المعلومات ولوحة المتابعة المباشرة.
nav-room = المتابعة المباشرة
bands-label = المعلومات المنتظرة حسب درجة الاستعجال
band-p1 = P1 · مشاهدة آنية
band-p2 = P2 · مشاهدة حديثة
band-p3 = P3 · للتحقق
band-p4 = P4 · رأي
band-short-p1 = فئة 1
band-short-p2 = فئة 2
band-short-p3 = فئة 3
band-short-p4 = فئة 4
band-late = { $n ->
    [one] واحدة متأخرة
    [two] اثنتان متأخرتان
    [few] { $n } متأخرة
    [many] { $n } متأخرة
   *[other] { $n } متأخرة
}
why-vehicle = تحديد هوية مشتبه فيه أو مركبة
why-detail = تفصيل لم يُنشر
why-said_opinion = صُنّف رأيا
why-now = «الآن»
why-just_seen = أُبلغ عنه في الدقائق الموالية
why-seen_recently = أُبلغ عنه في الساعات الموالية
why-seen_earlier = مشاهدة أقدم
why-time_ahead = الوقت المذكور لم يحن بعد
why-place = المكان مذكور
why-photo = صورة مرفقة
why-no_place = المكان غير مذكور: اسألوا عنه
why-nothing_to_follow = لا شيء للتحقق منه
could-walking = في متناول المشي
could-town = في متناول الدراجة أو الحافلة
could-car = بالسيارة أو القطار فقط
could-impossible = غير ممكن في هذه المدة
could-earlier = قبل آخر مشاهدة معروفة
could-unknown = المسافة غير معروفة
could-way = { $x } كلم، بعد { $y }
could-way-before = { $x } كلم، قبل { $y }
same-words = العبارات نفسها
same-place_and_time = المكان والوقت نفسهما
same-phone = رقم الهاتف نفسه
grade-source-a = موثوق تماما
grade-letter-a = أ
grade-source-b = موثوق عادة
grade-letter-b = ب
grade-source-c = موثوق إلى حد ما
grade-letter-c = ج
grade-source-d = غير موثوق عادة
grade-letter-d = د
grade-source-e = غير موثوق
grade-letter-e = هـ
grade-source-f = يتعذر تقدير الموثوقية
grade-letter-f = و
grade-info-1 = مؤكَّد من مصدر مستقل
grade-info-2 = صحيح على الأرجح
grade-info-3 = قد يكون صحيحا
grade-info-4 = مشكوك فيه
grade-info-5 = مستبعد
grade-info-6 = يتعذر تقدير الصحة
grade-source = موثوقية المصدر
grade-info = صحة المعلومة
tag-label = طبيعة المعلومة
tag-vehicle = مشتبه فيه أو مركبة
tag-detail = تفصيل لم يُنشر
tag-opinion = رأي
queue-words = الأكثر استعجالا أولا. لا يُخفى شيء، ولا تغيّر المعلومة ملفا بمفردها.
queue-tab = للمعالجة
queue-empty = لا توجد معلومات منتظرة. ستظهر الجديدة هنا مرتبة.
queue-same = { $n ->
    [one] معلومة واحدة
    [two] معلومتان متشابهتان
    [few] { $n } معلومات متشابهة
    [many] { $n } معلومة متشابهة
   *[other] { $n } معلومة متشابهة
}
queue-mine = لديكم
queue-more = إجراءات أخرى
queue-folded = عرض المعلومات المجمّعة
queue-give-to = إسناد إلى
queue-failed = لم يتم هذا الإجراء. أعيدوا تحميل الصفحة.
queue-done = تم: { $x }
queue-said-undone = أُلغي آخر إجراء.
queue-said-nothing_to_undo = لا شيء للإلغاء: يمكن إلغاء إجراءاتكم خلال الدقائق العشر الأخيرة فقط.
queue-said-tip_moved_on = عولجت هذه المعلومة بعد ذلك: لم يعد إلغاء إجرائكم ممكنا.
queue-said-tip_taken = تكفّل زميل بهذه المعلومة.
queue-said-not_a_triager = هذا الشخص لا يعالج المعلومات.
queue-said-gone = سبقت معالجة هذه المعلومة.
do-take = التكفل
do-release = التخلي
do-give = إسناد
do-link = إلحاق بالملف
do-impossible = غير ممكن
do-undo = إلغاء آخر إجراء
do-apart = فصل
do-together = تجميع
keys-title = مفاتيح لوحة المفاتيح
keys-are-on = تعطيل المفاتيح
keys-are-off = تفعيل المفاتيح
key-next = التالي (أو ↓)
key-previous = السابق (أو ↑)
key-open = فتح
key-take = التكفل
key-release = التخلي
key-link = إلحاق بالملف
key-dismiss = استبعاد مع ذكر السبب
key-not-child = ليس الطفل المعني
key-impossible = غير ممكن
key-hoax = بلاغ كاذب
key-ask = طرح سؤال
key-undo = إلغاء
key-vehicle = مشتبه فيه أو مركبة
key-detail = تفصيل لم يُنشر
key-opinion = رأي
key-source = المصدر
key-info = المعلومة
key-help = هذه المفاتيح
live-held = هناك جديد: سيظهر بعد الانتهاء من الكتابة.
room-cases = الملفات المفتوحة
room-no-cases = لا توجد ملفات مفتوحة.
room-beyond = { $n ->
    [one] وملف آخر
    [two] وملفان آخران
    [few] و{ $n } ملفات أخرى
    [many] و{ $n } ملفا آخر
   *[other] و{ $n } ملف آخر
}
room-map = الخريطة
room-map-title = خريطة البلد: مناطق الإنذار وآخر الأماكن المعروفة والمشاهدات
room-no-map = تعذر رسم الخريطة.
map-key-area = منطقة الإنذار
map-key-case = آخر مكان معروف
map-key-sighting = مشاهدة
room-deliveries = البث
room-no-alerts = لا إنذار قيد البث.
room-live = قيد البث
room-recalling = السحب جار
room-until = إلى غاية { $x }
room-withdrawn = مسحوب
room-failed = { $n ->
    [one] إخفاق واحد
    [two] إخفاقان
    [few] { $n } إخفاقات
    [many] { $n } إخفاقا
   *[other] { $n } إخفاق
}
room-late = مهام متأخرة
risk-high = خطر مرتفع
raise-force = إكراه أو شخص بالغ أو مركبة
raise-young = دون 11 سنة
raise-medicine = يحتاج إلى دواء
raise-water = ماء أو ورش قريب
raise-development = اضطراب أو إعاقة
room-wall = شاشة الحائط
wall-leave = مغادرة شاشة الحائط
sound-on = تشغيل الصوت
sound-off = إيقاف الصوت
