# كلمات صفحات المنصة: الإطار
nav-main = التصفح الرئيسي
nav-waiting = { $n ->
    [zero] لا شيء في الانتظار
    [one] عنصر واحد في الانتظار
    [two] عنصران في الانتظار
    [few] { $n } عناصر في الانتظار
    [many] { $n } عنصرا في الانتظار
   *[other] { $n } عنصر في الانتظار
}
sign-out = تسجيل الخروج
nav-cases = القضايا
nav-tips = المعلومات الواردة
nav-delivery = البث والتسليم
nav-people = الأشخاص
nav-audit = سجل التدقيق
role-officer = ضابط المنطقة
role-approver = سلطة الاعتماد
role-room = قاعة القيادة
role-line = خط الاتصال
role-prosecutor = النيابة العامة
role-field = وحدة ميدانية
role-operator = مدير النظام
role-auditor = مدقق

# كلمات الصفحات نفسها

# كلمات عامة
search = بحث
show-all = عرض الكل
more = عرض المزيد
reload = إعادة التحميل
remove = إزالة
choose = اختاروا…
needed = (ضروري)
until = إلى غاية
not-yet = ليس بعد
not-told = لم يذكر
percent = { $x } في المائة
by-system = بفعل النظام
by-public = من العموم
back-to-case = العودة إلى القضية
span-none = أقل من ثانية
span-seconds = { $x } ث
span-minutes = { $x } د
span-hours = { $x } س و{ $y } د
span-days = { $x } ي و{ $y } س
left-until = بقي { $x }
left-late = تأخر بـ { $x }
col-child = الطفل
col-state = الحالة
col-next = الخطوة التالية
col-clock = أجل 24 ساعة
col-district = المنطقة الأمنية
col-version = رقم النسخة
col-author = حررها
col-decided = قررها
col-when = متى
col-what = ماذا
col-after = بعد
col-channel = القناة
col-how = كيفية السحب
col-dark = وقت السحب
col-time-to-dark = مدة السحب
col-progress = التقدم
col-first-last = الأول – الأخير
col-who = من
col-host = الخادم
col-answer = الجواب
col-attempts = المحاولات
col-next-attempt = المحاولة القادمة
col-number = الرقم
col-act = الفعل
col-object = الموضوع
col-hash = البصمة

# تسجيل الدخول
sign-in = تسجيل الدخول
sign-in-do = الدخول
sign-in-help = فقدتم كلمة السر أو الهاتف؟ يمنحكم مدير النظام بيانات جديدة.
sign-in-wait = { $n ->
    [one] محاولات كثيرة. أعيدوا المحاولة بعد دقيقة.
    [two] محاولات كثيرة. أعيدوا المحاولة بعد دقيقتين.
    [few] محاولات كثيرة. أعيدوا المحاولة بعد { $n } دقائق.
    [many] محاولات كثيرة. أعيدوا المحاولة بعد { $n } دقيقة.
   *[other] محاولات كثيرة. أعيدوا المحاولة بعد { $n } دقيقة.
}
signed-out = تم تسجيل خروجكم.
session-ended = انتهت جلستكم. يرجى تسجيل الدخول من جديد.
login = اسم المستخدم
login-hint = حروف لاتينية صغيرة وأرقام ونقط وشرطات.
password = كلمة السر
password-again = كلمة السر مرة ثانية
password-hint = { $n ->
    [one] حرف واحد على الأقل. الجملة أسهل للحفظ.
    [two] حرفان على الأقل. الجملة أسهل للحفظ.
    [few] { $n } أحرف على الأقل. الجملة أسهل للحفظ.
    [many] { $n } حرفا على الأقل. الجملة أسهل للحفظ.
   *[other] { $n } حرف على الأقل. الجملة أسهل للحفظ.
}
totp-code = رمز تطبيق المصادقة
totp-code-hint = ستة أرقام تتغير كل 30 ثانية.
totp-words = أدخلوا هذا السر في تطبيق للمصادقة، أو افتحوا العنوان على الهاتف الذي يحمله. لن يظهر مرة أخرى.
totp-secret = سر المصادقة
totp-address = السر نفسه في شكل عنوان
first-title = مدير النظام الأول
first-words = هذا الرابط صالح مرة واحدة. ينشئ الحساب الذي سينشئ باقي الحسابات؛ ولا يطلع هذا الحساب على أي قضية.
first-step-who = 1. من أنتم
first-step-totp = 2. مفتاحكم الثاني
first-do = إنشاء الحساب
session-expired-title = سجلوا الدخول من جديد للمتابعة
session-expired-kept = { $n ->
    [one] انتهت جلستكم. ما كتبتموه محفوظ (جواب واحد) وسيرسل بعد تسجيل الدخول.
    [two] انتهت جلستكم. ما كتبتموه محفوظ (جوابان) وسيرسل بعد تسجيل الدخول.
    [few] انتهت جلستكم. ما كتبتموه محفوظ ({ $n } أجوبة) وسيرسل بعد تسجيل الدخول.
    [many] انتهت جلستكم. ما كتبتموه محفوظ ({ $n } جوابا) وسيرسل بعد تسجيل الدخول.
   *[other] انتهت جلستكم. ما كتبتموه محفوظ ({ $n } جواب) وسيرسل بعد تسجيل الدخول.
}
session-expired-files = تعذر الاحتفاظ بالصور: يرجى اختيارها من جديد.
session-expired-do = الدخول والإرسال
replay-title = إرسال ما كتبتموه
replay-words = تم تسجيل دخولكم من جديد. يجري إرسال ما كتبتموه.
replay-do = إرسال الآن

# الرفض
refusal-role = دوركم لا يسمح بهذا
refusal-more-role = يجب أن يقوم به شخص له دور آخر. لم يتغير أي شيء.
refusal-district = هذا من اختصاص منطقة أخرى
refusal-more-district = اسألوا قاعة القيادة إن كان على منطقتكم أن تتدخل.
refusal-not-found = لا يوجد شيء هنا
refusal-more-not-found = العنوان خاطئ، أو يؤدي إلى ما لا يمكنكم الاطلاع عليه.
refusal-token = الاستمارة قديمة جدا
refusal-more-token = لم يتغير أي شيء. افتحوا الصفحة من جديد وأعيدوا الخطوة الأخيرة.
refusal-stale = تغير الأمر في هذه الأثناء
refusal-more-stale = سبقكم شخص آخر. راجعوا الصفحة قبل اتخاذ القرار.
refusal-not-possible = لم يعد هذا ممكنا
refusal-more-not-possible = تقدمت القضية أو الإنذار. صفحتها تبين ما يمكن فعله الآن.
refusal-erased = تم محو هذه القضية
refusal-more-erased = وقع شخصان على محوها. لم يعد بالإمكان قراءة أي شيء منها.
refusal-failure = حدث خلل من جهتنا
refusal-more-failure = لم ينفذ أي شيء. أعيدوا المحاولة؛ وإن تكرر الخلل فأبلغوا المشغل بالرقم أدناه.
refusal-reference = الرقم الخاص بالمشغل:
refusal-back = متابعة

# لائحة القضايا
new-report = تسجيل بلاغ جديد
all-cases = كل القضايا
search-cases = البحث عن قضية
search-cases-hint = الاسم بأي كتابة، أو الهاتف، أو رقم القضية.
no-cases = لا توجد قضايا بعد.
no-cases-found = لا توجد قضية مطابقة.
no-name-yet = لا اسم بعد
child-years = { $n ->
    [zero] عمره أقل من سنة
    [one] عمره سنة
    [two] عمره سنتان
    [few] عمره { $n } سنوات
    [many] عمره { $n } سنة
   *[other] عمره { $n } سنة
}
tile-waiting = في انتظار القرار
tile-ended = منتهية تنتظر التأكيد
tile-live = إنذارات جارية
tile-tips = معلومات تنتظر الفحص
waiting-title = إنذارات تنتظر القرار
ended-unconfirmed = منتهية وتنتظر شخصا ثانيا
live-title = الإنذارات المنشورة
live-since = منذ
submitted-by = قدمها
ended-by = أنهاها
decide = الفحص والقرار
confirm-end = تأكيد الإنهاء
end-alert = إنهاء الإنذار
version-first = النسخة الأولى
version-update = { $n ->
    [one] تحديث، النسخة { $n }
    [two] تحديث، النسخة { $n }
    [few] تحديث، النسخة { $n }
    [many] تحديث، النسخة { $n }
   *[other] تحديث، النسخة { $n }
}
would-reach = { $n ->
    [zero] لا مشترك
    [one] مشترك واحد
    [two] مشتركان
    [few] { $n } مشتركين
    [many] { $n } مشتركا
   *[other] { $n } مشترك
}
handed-of = سلم { $x } من { $y }
tips-waiting = { $n ->
    [zero] لا معلومات تنتظر الفحص
    [one] معلومة واحدة تنتظر الفحص
    [two] معلومتان تنتظران الفحص
    [few] { $n } معلومات تنتظر الفحص
    [many] { $n } معلومة تنتظر الفحص
   *[other] { $n } معلومة تنتظر الفحص
}
case-state-draft = بلاغ قيد التحرير
case-state-received = بلاغ مسجل
case-state-alerted = إنذار منشور
case-state-recalling = قيد السحب
case-state-dark = تم السحب في كل مكان
case-state-closed = مغلقة
case-state-erased = ممحوة
next-finish-report = إتمام البلاغ
next-draft-alert = تحرير الإنذار
next-submit-alert = إتمام الإنذار وتقديمه
next-await-decision = في انتظار قرار سلطة الاعتماد
next-reconsider = تصحيح الإنذار المعاد
next-watch = تتبع المعلومات والبث
next-confirm-end = شخص ثان يؤكد الإنهاء
next-await-dark = انتظار آخر قناة
next-close = إغلاق الملف
next-erase = طلب المحو
next-confirm-erasure = شخص ثان يوقع على المحو
next-nothing = لا شيء متبق
end-reason-found = عُثر على الطفل
end-reason-consent_withdrawn = سحب ولي الأمر موافقته
end-reason-danger = الإنذار يعرض الطفل للخطر
end-reason-false_report = البلاغ كاذب
end-reason-issued_in_error = نُشر خطأ
end-reason-expired = انتهت صلاحيته

# البلاغ
report-title = بلاغ عن طفل مختفٍ
report-words = يحفظ كل جواب فور كتابته. ابدؤوا بما تعرفون؛ لا يوقف فتح القضية إلا الأسئلة الموسومة بضروري.
report-index = أقسام البلاغ
answered-of = { $x } من { $y }
report-open = فتح القضية
report-save = حفظ
report-ceiling = { $n ->
    [one] يبدأ أجل الساعة عند فتح القضية.
    [two] يبدأ أجل الساعتين عند فتح القضية.
    [few] يبدأ أجل { $n } ساعات عند فتح القضية.
    [many] يبدأ أجل { $n } ساعة عند فتح القضية.
   *[other] يبدأ أجل { $n } ساعة عند فتح القضية.
}
section-reporter = المبلغ
section-consent = الموافقة على النشر
section-child = الطفل
section-last-seen = آخر مشاهدة
section-more-reporter = لا ينشر أبدا. غياب وثيقة لا يؤخر البلاغ أبدا.
section-more-consent = لا ينشر شيء دون موافقة صريحة؛ ويستمر البحث على كل حال.
section-more-child = لا ينشر إلا الاسم الشخصي والسن والأوصاف.
section-more-last-seen = يرى العموم المكان بالتقريب فقط؛ أما النقطة الدقيقة فتبقى للفريق.
report-heading-look = المظهر
report-heading-place = المكان
report-heading-what = ما الذي حدث
field-reporter_name = الاسم الكامل للمبلغ
field-reporter_relation = صلة القرابة بالطفل
field-reporter_paper_kind = وثيقة الهوية
field-reporter_paper_number = رقم الوثيقة
field-reporter_phone = الهاتف
field-consent_publish = هل يوافق ولي الأمر على نشر الصورة والاسم الشخصي؟
field-consent_given_by = من وافق أو رفض، وأمام من
field-child_first_name_ar = الاسم الشخصي بالحروف العربية
field-child_first_name = الاسم الشخصي بالحروف اللاتينية
field-child_family_name_ar = الاسم العائلي بالحروف العربية
field-child_family_name = الاسم العائلي بالحروف اللاتينية
field-child_birth_date = تاريخ الميلاد
field-child_age = السن بالسنوات
field-child_sex = بنت أم ولد
field-clothes_ar = الملابس، بالعربية
field-clothes = الملابس، باللغة الثانية للإنذارات
field-marks_ar = العلامات الظاهرة، بالعربية
field-marks = العلامات الظاهرة، باللغة الثانية للإنذارات
field-home_address = عنوان السكن
field-last_seen_at = متى شوهد آخر مرة
field-last_seen_place = مكان المشاهدة
field-last_seen_lat = خط عرض النقطة
field-last_seen_lon = خط طول النقطة
field-last_seen_words = وصف المكان
field-circumstances = الظروف
field-nature = قسري أم إرادي
field-confirmed = تحققت من هذا وهو صحيح
hint-reporter_name = كما في وثيقة الهوية.
hint-reporter_paper_number = يمكن إضافته لاحقا.
hint-reporter_phone = رقم يجاب عليه ليلا ونهارا.
hint-consent_given_by = مثلا: الأم، أمام ضابط المداومة، محضر موقع.
hint-child_first_name_ar = تكفي إحدى الكتابتين.
hint-child_birth_date = إن لم يكن معروفا فاذكروا السن.
hint-child_age = فقط إذا كان تاريخ الميلاد مجهولا.
hint-clothes_ar = ما كان يرتديه الطفل آخر مرة.
hint-marks_ar = ندبة، نظارات، تسريحة. لا شيء حميمي.
hint-home_address = حيث يسكن الطفل، ليبدأ البحث من هناك.
hint-last_seen_at = بالتوقيت المحلي. عند الشك، آخر لحظة مؤكدة.
hint-last_seen_place = مدينة أو حي أو قرية، بأي كتابة.
hint-last_seen_words = شارع، متجر، موقف حافلة.
hint-circumstances = ما حدث قبل ذلك، ومن كان حاضرا، وفي أي اتجاه ذهب الطفل.
hint-nature = لا يظهر للعموم أبدا. «غير معروف» جواب مقبول.
answer-consent-yes = نعم، صراحة
answer-consent-no = لا، رفض
answer-consent-unknown = لم يُسأل بعد
answer-nature-forced = قسري
answer-nature-voluntary = إرادي
answer-nature-unknown = غير معروف
sex-girl = بنت
sex-boy = ولد
sex-unknown = غير محدد
seen-by-public = قابل للنشر
seen-by-police = كل المصالح الأمنية
seen-by-team = فريق القضية فقط
seen-by-sealed = مختوم
saving = جارٍ الحفظ…
saved-at = حُفظ في { $x }
saving-retry = لم يحفظ بعد – إعادة المحاولة
saving-offline = لا يوجد اتصال. واصلوا الكتابة: يُحفظ ما تكتبونه مشفّراً على هذا الحاسوب ويُرسل عند عودة الاتصال.
saving-offline-open = لا يوجد اتصال. واصلوا الكتابة ولا تغلقوا هذه الصفحة: يُحفظ ما تكتبونه فيها وحدها إلى أن يعود الاتصال.
kept-restored = كُتب على هذا الحاسوب عند { $x } ولم يُرسل بعد
kept-elsewhere = أجوبة كُتبت على هذا الحاسوب تنتظر اختياركم في صفحة أخرى: { $x }
saving-signed-out = تم تسجيل خروجكم. سجلوا الدخول في نافذة أخرى وواصلوا هنا؛ لن يضيع شيء.
all-saved = كل شيء محفوظ
pending-count = لم يحفظ بعد: { $x }
conflict-who = غيّر { $x } هذا الجواب في { $y }. أيهما تبقون؟
conflict-theirs = جوابهم:
conflict-yours = جوابكم:
empty-answer = (دون جواب)
place-search = البحث عن المكان
place-choose = اختيار المكان
place-none = لا شيء من هذه
place-not-found = لا مكان بهذا الاسم. جربوا كتابة أخرى، أو حددوا النقطة على الخريطة.
map-live = خريطة: اضغطوا لتحديد النقطة
map-set-point = وضع النقطة في وسط الخريطة
map-none = تظهر الخريطة بعد تحديد مكان أو نقطة.
map-hint = اضغطوا على الخريطة، أو اكتبوا خط العرض وخط الطول أدناه.
map-show = عرض النقطة
photos-title = صور الطفل
photo-add = إضافة صور
photo-hint = { $n ->
    [one] JPEG أو PNG أو WebP، إلى { $n } ميغابايت لكل صورة. الوجه وحده، وأحدث ما يمكن. يحذف الموقع الجغرافي من الملف.
    [two] JPEG أو PNG أو WebP، إلى { $n } ميغابايت لكل صورة. الوجه وحده، وأحدث ما يمكن. يحذف الموقع الجغرافي من الملف.
    [few] JPEG أو PNG أو WebP، إلى { $n } ميغابايت لكل صورة. الوجه وحده، وأحدث ما يمكن. يحذف الموقع الجغرافي من الملف.
    [many] JPEG أو PNG أو WebP، إلى { $n } ميغابايت لكل صورة. الوجه وحده، وأحدث ما يمكن. يحذف الموقع الجغرافي من الملف.
   *[other] JPEG أو PNG أو WebP، إلى { $n } ميغابايت لكل صورة. الوجه وحده، وأحدث ما يمكن. يحذف الموقع الجغرافي من الملف.
}
photo-send = إرسال الصور المختارة
photo-sending = جارٍ إرسال الصورة…
photo-failed = لم تُقبل الصورة.
no-photos = لا صورة بعد. يستمر البلاغ دونها.
photo-main = الاختيار الأول
photo-make-main = جعلها الأولى
photo-alt = { $n ->
    [one] الصورة { $n } للطفل
    [two] الصورة { $n } للطفل
    [few] الصورة { $n } للطفل
    [many] الصورة { $n } للطفل
   *[other] الصورة { $n } للطفل
}
photo-n = { $n ->
    [one] الصورة رقم { $n }
    [two] الصورة رقم { $n }
    [few] الصورة رقم { $n }
    [many] الصورة رقم { $n }
   *[other] الصورة رقم { $n }
}
photo-remove-n = { $n ->
    [one] إزالة الصورة { $n }
    [two] إزالة الصورة { $n }
    [few] إزالة الصورة { $n }
    [many] إزالة الصورة { $n }
   *[other] إزالة الصورة { $n }
}
photo-size = { $x } × { $y } بكسل
confirm-title = للتأكيد قبل فتح القضية
warning-long-ago = شوهد الطفل آخر مرة قبل أكثر من أسبوع.
warning-outside-country = تقع النقطة في البحر أو خارج البلاد.
warning-no-subscriber = لا يوجد حول النقطة أي مشترك في الإنذارات.

# القضية
next-step = الخطوة التالية:
consent-given = الموافقة على النشر مسجلة.
consent-refused = رُفضت الموافقة على النشر: لا يمكن نشر أي شيء.
consent-unknown = لم تسجل الموافقة بعد: لا يمكن نشر أي شيء.
action-edit-report = تصحيح البلاغ
action-draft-alert = تحرير إنذار
action-update-alert = تحديث الإنذار
action-open-draft = متابعة المسودة
action-deliveries = متابعة البث
action-close = إغلاق هذا الملف
action-ask-erasure = طلب محو الملف
action-confirm-erasure = البت في المحو
alerts-title = الإنذارات
versions-title = نسخ الإنذار
public-page = الصفحة العمومية
alert-state-preparing = قيد الإعداد
alert-state-live = منشور
alert-state-ended = منتهٍ دون تأكيد
alert-state-confirmed = منتهٍ ومؤكد
alert-state-refused = مرفوض
version-state-drafted = مسودة
version-state-submitted = مقدمة
version-state-returned = معادة
version-state-refused = مرفوضة
version-state-issued = صادرة
version-state-withdrawn = مسحوبة
file-title = الملف
file-not-yours = دوركم لا يسمح بقراءة الملف.
reading-recorded = فتحتم هذا الملف: تسجل القراءة باسمكم مع الوقت.
clocks-title = التوقيت
clock-started = بداية التحرير
clock-received = تسجيل البلاغ
clock-submitted = تقديم الإنذار
clock-published = نشر الإنذار
clock-ended = إنهاء الإنذار
clock-dark = سحب آخر قناة
timeline-title = ما تم إنجازه
no-tips = لا توجد معلومات.
with-photo = مع صورة

# تحرير الإنذار
draft-title = مسودة الإنذار
returned-title = أعادها
draft-no-consent = لا توجد موافقة مسجلة على النشر. يمكنكم التحرير؛ ولن يعتمد الإنذار قبل تسجيلها.
draft-photo = الصورة المنشورة
draft-photo-hint = الصورة هي ما يبقى في ذاكرة الناس.
draft-no-photo = بدون صورة
language-optional = اختيارية: غيابها لا يؤخر الإنذار
text-first_name = الاسم الشخصي
text-place = أين شوهد آخر مرة
text-when = متى، بالكلمات
text-clothes = ما كان يرتديه
text-marks = علامات للتعرف
text-headline = العنوان
text-description = الوصف الكامل
text-instruction = ما المطلوب من الناس
text-standard = إذا تُرك فارغا استُعملت الجملة الموحدة.
area-heading = المنطقة والصلاحية
area-kind = شكل المنطقة
area-circle = دائرة حول نقطة
area-polygon = زوايا على الخريطة
area-regions = مناطق من البلد بأسمائها
area-words = المنطقة:
radius-km = نصف القطر بالكيلومتر
radius-km-hint = بالكيلومتر، وليس بالمتر أبدا.
unit-km = كيلومتر
unit-hours = ساعة
latitude = خط العرض (درجات)
longitude = خط الطول (درجات)
polygon-title = الزوايا
polygon = زاوية في كل سطر
polygon-hint = خط العرض، خط الطول؛ ثلاثة أسطر على الأقل.
regions-title = الجهات والأقاليم
regions = اختر جهة كاملة أو أقاليم منها
regions-hint = يمكن اختيار أكثر من واحدة. يصل الإنذار إلى كل المشتركين داخلها.
regions-provinces = أقاليم
validity-hours = مدة الصلاحية
validity-hint = { $n ->
    [one] ساعة على الأكثر؛ ثم ينتهي الإنذار تلقائيا.
    [two] ساعتان على الأكثر؛ ثم ينتهي الإنذار تلقائيا.
    [few] { $n } ساعات على الأكثر؛ ثم ينتهي الإنذار تلقائيا.
    [many] { $n } ساعة على الأكثر؛ ثم ينتهي الإنذار تلقائيا.
   *[other] { $n } ساعة على الأكثر؛ ثم ينتهي الإنذار تلقائيا.
}
reach-title = من سيصله الإنذار
reach-subscribers = المشتركون المعنيون
reach-residents = السكان حسب الإحصاء
reach-foreign = المقيمون الأجانب
reach-month = الإنذارات والتحديثات خلال الأيام الثلاثين الأخيرة
reach-month-value = حوالي { $x } لكل مشترك في المنطقة، و{ $y } على الأكثر
reach-unknown = يظهر العدد بعد اكتمال المنطقة.
reach-count = حفظ وإعادة العد
reach-warning-clipped = يقع جزء من المنطقة خارج البلاد ولا يشمله الإنذار.
reach-warning-nobody = لا يوجد أي مشترك بالداخل: لن يصل الإنذار إلا عبر الصفحة والخلاصات.
reach-confirm-title = لا يسكن أي مشترك داخل المنطقة
reach-confirmed = نعم، المنطقة صحيحة، ويوجه الإنذار وإن لم يصل إلى أي مشترك
reach-warning-wide = تغطي المنطقة معظم البلاد. المنطقة الأصغر تلفت الانتباه أكثر.
reach-warning-small = نصف القطر أقل من كيلومتر واحد. هل هذا صحيح؟
reach-warning-often = تلقى سكان المنطقة إنذارات كثيرة هذا الشهر.
reach-warning-asleep = الوقت ليل هناك: معظم الناس نيام.
draft-save = حفظ المسودة
draft-preview = عرضها كما يراها العموم
draft-submit = تقديم للقرار
preview-title = كما سيراه العموم

# الاعتماد
approval-title = القرار:
approval-seen = ما سيراه العموم
approval-reach = أين، وكم من الناس
approval-rests = على ماذا يستند
approval-consent = الموافقة
consent-short-given = مسجلة
consent-short-not = غير متوفرة
approval-expires = ينتهي تلقائيا يوم
approval-channels = القنوات
approval-changes = ما تغير منذ النسخة السابقة
approval-rung = الدرجة
approval-abroad = أجزاء وراء الحدود
abroad-part = حوالي { $x } كم²، أي { $y } من المنطقة
approval-decision = قراركم
approval-password = كلمة السر للتوقيع
approval-means = الاعتماد يرسل هذا الإنذار الآن إلى { $x } من المشتركين ويعرضه للجميع إلى غاية { $y }.
approve = اعتماد ونشر
approval-reason = السبب
approval-reason-hint = ضروري للإعادة أو الرفض. يقرؤه صاحب المسودة.
return-draft = إعادة للتصحيح
refuse-alert = رفض هذا الإنذار
approval-bound = ما يلزمه اعتمادكم
approval-bound-hint = إذا اختلف النص أو المنطقة أو القنوات أو الأجل أو العدد في شيء، فالاعتماد لاغٍ.
bound-message = بصمة النص
bound-area = بصمة المنطقة
bound-sequence = أجري العد عند القيد
approval-not-blocked = الموانع مذكورة أعلاه. اعملوا على رفعها، أو أعيدوا الإنذار، أو ارفضوه مع التعليل.
approval-not-own-draft = أنتم من حرر هذا الإنذار. يجب أن يقرر شخص آخر.
approval-not-own-unit = حرر هذا الإنذار زميل من وحدتكم. يجب أن يوافق عليه شخص من وحدة أخرى؛ ولكم أن تعيدوه أو ترفضوه.
approval-not-expired = انتهت الصلاحية المطلوبة. أعيدوه لتحديد صلاحية جديدة.
approval-not-stale = تغير هذا الإنذار أو تم البت فيه بعد فتح الصفحة. افتحوه من جديد.
approval-not-not-yours = دوركم يطلع على هذه الصفحة ولا يقرر.

# البث والتسليم
delivery-title = بث الإنذار:
no-deliveries = لم يرسل أي إنذار.
figures-live = مباشر، حتى الساعة { $x }
figures-still = مكتمل، حتى الساعة { $x }
figure-inside = داخل المنطقة
figure-handed = تم تسليمه
figure-retrying = قيد إعادة المحاولة
figure-failed = فشل
figure-gone = لم يعد صالحا
figure-rate = في الثانية
figure-all-tried = من الاعتماد إلى آخر محاولة
channels-title = حسب القناة
message-kind-alert = إنذار
message-kind-update = تحديث
message-kind-cancel = إلغاء
delivery-state-pending = في الانتظار
delivery-state-sending = جارٍ الإرسال
delivery-state-retrying = إعادة المحاولة
delivery-state-done = اكتمل
delivery-state-withdrawn = تجاوزه غيره
delivery-state-dead = توقفت المحاولات
channel-web_push = الهواتف والمتصفحات (إشعارات)
channel-public_page = صفحة الإنذار
channel-cap_feed = خلاصة CAP للشركاء
channel-webhook = الشركاء
channel-email = البريد الإلكتروني
channel-sms = الرسائل النصية
dark-by-page = تعلن الصفحة انتهاء الإنذار.
dark-by-feed = تحمل الخلاصة الإلغاء.
dark-by-push = يحل الإلغاء محل الإشعار في كل جهاز.
dark-by-partner = يُسلَّم الإلغاء إلى كل نظام تسلم الإنذار إلى أن يؤكده.
dark-by-hand = يطلب أشخاص من الشريك سحب الإنذار ويتحققون من اختفائه.
recall-title = السحب
recall-dark = مسحوب في كل مكان
recall-going = السحب جارٍ
recall-done = مدة السحب: { $x }، في الساعة { $y }.
recall-since = جارٍ منذ { $x }.
failures-title = حالات الفشل بالتفصيل
no-failures = لا توجد حالات فشل.
failures-shown = عرض { $x } من { $y }، الأحدث أولا.
given-up = توقفت المحاولات
receipts-title = إشعارات الاستلام
no-receipts = لا إشعار بالاستلام بعد. لا يعتبر شيء مرسلا دونه.
refresh-start = إعادة تحميل الصفحة كل 5 ثوان
refresh-stop = إيقاف إعادة التحميل

# إنهاء الإنذار
end-title = إنهاء الإنذار المتعلق بـ
end-words = { $n ->
    [zero] تختفي الصورة والصفحة فورا ويتوقف الإرسال. لم يتلق أحد الإنذار. لا يعرف العموم السبب أبدا.
    [one] تختفي الصورة والصفحة فورا ويتوقف الإرسال، ويخبر شخص واحد تلقى الإنذار بانتهائه. لا يعرف العموم السبب أبدا.
    [two] تختفي الصورة والصفحة فورا ويتوقف الإرسال، ويخبر شخصان تلقيا الإنذار بانتهائه. لا يعرف العموم السبب أبدا.
    [few] تختفي الصورة والصفحة فورا ويتوقف الإرسال، ويخبر { $n } أشخاص تلقوا الإنذار بانتهائه. لا يعرف العموم السبب أبدا.
    [many] تختفي الصورة والصفحة فورا ويتوقف الإرسال، ويخبر { $n } شخصا تلقوا الإنذار بانتهائه. لا يعرف العموم السبب أبدا.
   *[other] تختفي الصورة والصفحة فورا ويتوقف الإرسال، ويخبر { $n } شخص تلقوا الإنذار بانتهائه. لا يعرف العموم السبب أبدا.
}
end-second = يؤكد شخص ثان السبب خلال 30 دقيقة؛ وإلا تُنبّه سلطة الاعتماد.
end-why = سبب الإنهاء
end-why-hint = لا يطلع عليه إلا المصالح المعنية.
end-do = إنهاؤه الآن
confirm-end-title = تأكيد سبب إنهاء الإنذار:
confirm-end-words = انتهى الإنذار بالفعل بالنسبة للعموم. أنتم تؤكدون السبب فقط؛ وإعادته تتطلب إنذارا جديدا وشخصين.
confirm-end-own = أنتم من أنهاه: يجب أن يؤكد شخص آخر.
confirm-end-do = أؤكد هذا السبب

# المعلومات الواردة
tips-words = ما أخبرنا به الناس. المعلومة لا تغير القضية وحدها أبدا.
tips-filter = أي معلومات
tips-all = الكل
tips-new = تنتظر الفحص: { $x }
tip-state-received = جديدة
tip-state-linked = مرتبطة
tip-state-dismissed = مستبعدة
live-on = مباشر: تظهر المعلومات الجديدة تلقائيا.
live-lost = انقطع الاتصال – إعادة المحاولة.
tip-no-place = لم يذكر المكان
tip-seen-at = شوهد:
tip-unread = { $n ->
    [one] جواب جديد
    [two] جوابان جديدان
    [few] { $n } أجوبة جديدة
    [many] { $n } جوابا جديدا
   *[other] { $n } جواب جديد
}
tip-one-title = معلومة تخص
tip-told = ما قيل لنا
tip-where = أين كان ذلك
sighting-when = متى كان ذلك
tip-distance = { $n ->
    [one] على بعد { $n } كم من آخر مكان معروف
    [two] على بعد { $n } كم من آخر مكان معروف
    [few] على بعد { $n } كم من آخر مكان معروف
    [many] على بعد { $n } كم من آخر مكان معروف
   *[other] على بعد { $n } كم من آخر مكان معروف
}
tip-photo-title = صورة المعلومة
tip-photo-warning = أُرفقت صورة بهذه المعلومة. قد تكون صادمة، ويُسجل فتحها.
tip-photo-open = فتح الصورة
tip-photo-opened = فتحتموها: تم تسجيل ذلك.
tip-photo-unblur = عرض بوضوح
tip-photo-alt = الصورة المرسلة مع المعلومة
tip-dialogue = المحادثة
dialogue-none = لم يُقل شيء بعد ذلك.
dialogue-public = صاحب المعلومة
tip-question = طرح سؤال
tip-question-hint = يقرؤه صاحب المعلومة برمزه؛ ولا يظهر اسمكم.
tip-ask = إرسال السؤال
tip-link-title = ربطها كمشاهدة
tip-link-words = لا ينشر منه شيء للعموم، ويمكن التراجع عنه.
tip-link-do = ربط بالقضية
tip-dismiss-title = استبعاد هذه المعلومة
tip-dismiss-why = لماذا تستبعد؟
dismiss-not_child = ليس الطفل المعني
dismiss-duplicate = معروفة من قبل
dismiss-impossible = غير ممكنة زمانا أو مكانا
dismiss-hoax = مزحة أو كذب
dismiss-no_detail = لا تفيد في شيء
dismiss-other = سبب آخر
tip-dismiss-note = ملاحظة
tip-dismiss-do = استبعاد

# المحو
erase-title = طلب محو القضية
erase-confirm-title = التوقيع الثاني: محو القضية
erase-goes = ما يُمحى نهائيا
erase-stays = ما يبقى
erase-kind-answers = من أجوبة البلاغ
erase-kind-photos = من الصور بكل الأحجام
erase-kind-messages = من نصوص الإنذارات
erase-kind-tips = من المعلومات ومحادثاتها
erase-how = يُتلف مفتاح هذه القضية: لن تقرأ بياناتها أبدا، لا في القاعدة ولا في سجلها ولا في أي نسخة احتياطية.
erase-backups = { $n ->
    [one] تعيش النسخة الاحتياطية للمفاتيح يوما واحدا على الأكثر.
    [two] تعيش النسخة الاحتياطية للمفاتيح يومين على الأكثر.
    [few] تعيش النسخة الاحتياطية للمفاتيح { $n } أيام على الأكثر.
    [many] تعيش النسخة الاحتياطية للمفاتيح { $n } يوما على الأكثر.
   *[other] تعيش النسخة الاحتياطية للمفاتيح { $n } يوم على الأكثر.
}
erase-stays-audit = من قيود التدقيق دون معطيات شخصية؛ وتبقى السلسلة قابلة للتحقق
erase-stays-page = الصفحة التي تقول «انتهى هذا الإنذار»
erase-stays-counts = الأعداد والمدد للإحصاء، دون أسماء
erase-again = إذا اختفى الطفل من جديد، يمكن دائما تسجيل بلاغ جديد.
erase-not-ended = ليس بعد: هناك إنذار منشور أو لم يكتمل سحبه.
erase-tips-waiting = { $n ->
    [one] ليس بعد: معلومة واحدة من هذه القضية لم تفحص.
    [two] ليس بعد: معلومتان من هذه القضية لم تفحصا.
    [few] ليس بعد: { $n } معلومات من هذه القضية لم تفحص.
    [many] ليس بعد: { $n } معلومة من هذه القضية لم تفحص.
   *[other] ليس بعد: { $n } معلومة من هذه القضية لم تفحص.
}
erase-reason = سبب المحو
erase-reason-hint = دون أسماء: يبقى السبب في الطلب.
erase-second = لا يمحى شيء بعد: يجب أن يوقع شخص ثان.
erase-ask = تقديم طلب المحو
erase-asked-by = طلبه
erase-confirmed-by = وقعه
erase-own = أنتم من طلبه: يجب أن يوقع شخص آخر.
erase-type-number = اكتبوا رقم القضية
erase-type-number-hint = كما هو في العنوان: ما يمحى لا يعود.
erase-do = محو نهائي
erase-decline = عدم المحو
erase-done-title = تم المحو: القضية
erase-done-words = أُتلف المفتاح يوم { $x }. لم تعد البيانات قابلة للقراءة.
erase-count-gone = مُحي { $x }
erase-keys-by = آخر نسخة احتياطية للمفاتيح تُتلف قبل
chain-title = سلسلة التدقيق
chain-whole = { $n ->
    [one] سليمة: تم التحقق من قيد واحد.
    [two] سليمة: تم التحقق من قيدين.
    [few] سليمة: تم التحقق من { $n } قيود.
    [many] سليمة: تم التحقق من { $n } قيدا.
   *[other] سليمة: تم التحقق من { $n } قيد.
}
chain-broken = { $n ->
    [one] مكسورة عند القيد { $n }.
    [two] مكسورة عند القيد { $n }.
    [few] مكسورة عند القيد { $n }.
    [many] مكسورة عند القيد { $n }.
   *[other] مكسورة عند القيد { $n }.
}

# الحسابات
people-list = الحسابات
person-name = الاسم الكامل
person-role = الدور
person-role-officer = ضابط المنطقة
person-role-approver = سلطة الاعتماد
person-role-prosecutor = النيابة العامة
person-role-room = قاعة القيادة والتنسيق
person-role-unit = وحدة ميدانية
person-role-administrator = مدير النظام
person-seen = آخر دخول
person-never = لم يدخل قط
person-account = الحساب
person-own = حسابكم
person-disabled = معطل
person-disable = تعطيل
person-enable = إعادة التفعيل
person-renew = أسرار جديدة
person-new = حساب جديد
person-unit = الوحدة أو المركز
person-unit-hint = تظهر بجانب الاسم حيثما وقع شخصان.
person-create = إنشاء هذا الحساب
person-created = تم إنشاء الحساب: { $x }
person-once = يظهر مرة واحدة. يسلم يدا بيد.
person-password = كلمة سر مؤقتة

# سجل التدقيق
audit-words = كل فعل وكل قراءة لملف، وكل قيد مختوم بالذي قبله.
audit-verify = التحقق من السلسلة
audit-head = آخر بصمة:
audit-broken-more = أبلغوا فورا المشغل والنيابة العامة؛ ولا تغيروا شيئا.
audit-search = معرف أو اسم مستخدم
audit-none = لا توجد قيود.
audit-total = { $n ->
    [one] قيد واحد في المجموع
    [two] قيدان في المجموع
    [few] { $n } قيود في المجموع
    [many] { $n } قيدا في المجموع
   *[other] { $n } قيد في المجموع
}
audit-newer = الأحدث
audit-older = الأقدم

# أخطاء الاستمارات
wrong-missing = الجواب ضروري.
wrong-hidden = يحتوي النص على رموز خفية. أعيدوا كتابته.
wrong-markup = اكتبوا نصا عاديا دون وسوم.
wrong-not-an-answer = اختاروا أحد الأجوبة.
wrong-date = هذا ليس تاريخا. مثال: 2026-11-22.
wrong-future = هذا التاريخ في المستقبل.
wrong-not-a-child = سن الشخص ثماني عشرة سنة أو أكثر.
wrong-before-birth = هذا التاريخ قبل تاريخ الميلاد.
wrong-degrees = خط العرض بين -90 و90، وخط الطول بين -180 و180.
wrong-swapped = يبدو أن خطي العرض والطول مقلوبان.
wrong-sign-in = اسم المستخدم أو كلمة السر أو الرمز غير صحيح.
wrong-code = الرمز غير صحيح. انتظروا الرمز التالي.
wrong-login = ثلاثة أحرف على الأقل: حروف لاتينية صغيرة وأرقام ونقط وشرطات.
wrong-login-taken = اسم المستخدم هذا مستعمل.
wrong-password-short = كلمة السر قصيرة جدا.
wrong-passwords-differ = كلمتا السر مختلفتان.
wrong-password = كلمة السر غير صحيحة.
wrong-reason = اذكروا السبب.
wrong-radius = اكتبوا نصف القطر بالكيلومتر: رقم أكبر من الصفر، دون وحدة. مثال: 160.
wrong-area = المنطقة غير مكتملة أو لا تحيط بشيء. زاوية في كل سطر: خط العرض ثم خط الطول، وثلاث زوايا على الأقل.
wrong-hours = حددوا الصلاحية بساعات كاملة ضمن الحد.
wrong-photo-type = هذه ليست صورة JPEG أو PNG أو WebP.
wrong-photo-large = الصورة كبيرة جدا.
wrong-photo-broken = لا يمكن قراءة الصورة.
wrong-photo-small = الصورة صغيرة جدا للتعرف على الوجه.
wrong-place = اختاروا المكان من القائمة.
wrong-number = هذا ليس رقم القضية.
wrong-draft-changed = غيّر شخص آخر المسودة. قارنوا قبل الحفظ من جديد.
draft-theirs = المكتوب الآن: { $x }
wrong-confirm = أكدوا هذا أو صححوه.
wrong-count-drifted = تغير عدد المعنيين بأكثر من خمسة في المائة. راجعوا الصفحة.
wrong-too-long = { $n ->
    [one] حرف واحد على الأكثر.
    [two] حرفان على الأكثر.
    [few] { $n } أحرف على الأكثر.
    [many] { $n } حرفا على الأكثر.
   *[other] { $n } حرف على الأكثر.
}
problem-of = خانة «{ $x }»: { $y }
wrong-range = اكتبوا عددا صحيحا من { $x } إلى { $y }.
approval-untargeted = قنوات لا يمكن حصرها في المنطقة
approval-untargeted-hint = تصل إلى كل من يقرؤها أينما كان. ضعوا علامة لتسميتها جميعا قبل الموافقة.
approval-sent = ما سترسله كل قناة
approval-sent-hint = النص كما سيغادر، حرفا بحرف.
approval-sent-limit = يصل كاملا ما لا يتجاوز { $x } حرفا.
recall-real = سحب فعلي
recall-best_effort = سحب بقدر الإمكان
recall-none = سحب غير ممكن
wrong-channels-not-named = لم تُسمَّ كل القنوات التي لا يمكن حصرها في المنطقة.
