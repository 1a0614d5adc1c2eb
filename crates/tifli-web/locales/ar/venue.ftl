# أطفال تاهوا في مكان عمومي.

nav-venues = أطفال تائهون في الأماكن
origins = بدأ الأمر هنا:
origin-venue = تائه في { $x }
nav-venue-list = الأماكن وعاملوها
venues-words = إنذار لعاملي المكان وحدهم، لدقائق. لا يرى العموم شيئا منه. إن لم يُعثر على الطفل يصبح قضية وطنية بنقرة واحدة.
venues-none = لا إنذار في أي مكان.
venue-state-live = جار الآن
venue-state-expired = انقضت الدقائق
venue-state-found = عُثر عليه
venue-state-grown = صار قضية وطنية
venue-age = العمر
venue-new = طفل تاه الآن
venue-name = الاسم الشخصي
venue-name-hint = بأي كتابة
venue-years = العمر بالسنوات (تقديرا)
venue-looks = الشكل واللباس
venue-where = المكان
venue-open = إنذار عاملي المكان
venue-within = في حدود { $x } كم
venue-look-now = ابحثوا الآن.
venue-over = انقضت الدقائق: سجلوا أنه عُثر على الطفل، أو حولوها إلى قضية وطنية.
venue-was-found = عُثر على الطفل. أُغلق الملف ويحين أجل محوه بعد أيام.
venue-was-grown = صار قضية وطنية.
venue-found = عُثر على الطفل
venue-grow = تحويلها الآن إلى قضية وطنية
venue-opened-by = صاحب الإنذار
venue-list-words = المكان الذي لا عاملين مسمين له تنذر فيه وحدات منطقته الأمنية كلها.
venue-list-title = الأماكن
venue-list-new = إضافة مكان
venue-list-add = إضافة المكان
venue-staff-none = لا عاملين مسمين: وحدات المنطقة الأمنية.
venue-staff-login = اسم المستخدم للعامل المضاف
venue-staff-add = إضافة إلى العاملين
venue-kind = نوع المكان
venue-kind-souk = سوق
venue-kind-stadium = ملعب
venue-kind-beach = شاطئ
venue-kind-mall = مركز تجاري
venue-kind-fair = معرض أو موسم
venue-kind-station = محطة
venue-field-id = رمز قصير (حروف لاتينية صغيرة وأرقام)
venue-field-name_ar = الاسم بالعربية
venue-field-name_fr = الاسم بالفرنسية
venue-field-name_en = الاسم بالإنجليزية
venue-field-lat = خط العرض
venue-field-lon = خط الطول
venue-field-radius_km = المدى بالكيلومتر (0.05 إلى 2)
venue-field-minutes = مدة الإنذار بالدقائق (5 إلى 60)
venues-open-now = { $x } في انتظار من يبحث
duty-decide_venue = البت في شأن طفل تائه انقضت دقائقه
venues-open = { $n ->
    [zero] لا أحد ينتظر
    [one] إنذار واحد ينتظر
    [two] إنذاران ينتظران
    [few] { $n } إنذارات تنتظر
    [many] { $n } إنذارا ينتظر
   *[other] { $n } إنذار ينتظر
}
venue-minutes-n = { $n ->
    [zero] بلا دقائق
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}
