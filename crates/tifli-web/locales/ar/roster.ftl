# الموظفون بملف، ونقلهم.

roster-title = الموظفون بملف
roster-words = يضيف الملف حسابات ويعدّل أخرى ولا يغلق أي حساب. لا يتغير شيء قبل تأكيدكم.
roster-hint = ملف CSV بترميز UTF-8 تفصل بين خاناته فاصلة أو فاصلة منقوطة، وأعمدته login وname وrole وdistrict وunit
roster-file = الملف
roster-export = تنزيل الحسابات الحالية (CSV)
roster-look-at = التحقق من الملف
roster-look = ما سيغيره هذا الملف
roster-line = السطر
roster-verdict = الأثر
roster-verdict-new = حساب جديد
roster-verdict-changed = معدّل
roster-verdict-same = بلا تغيير
roster-verdict-wrong = يحتاج إلى تصحيح
roster-why = خانة { $x }: { $y }
roster-column-login = اسم المستخدم
roster-column-name = الاسم
roster-column-role = الصفة
roster-column-district = المنطقة الأمنية
roster-column-unit = الوحدة
roster-new =
    { $n ->
        [0] لا حسابات جديدة
        [one] حساب جديد واحد
        [two] حسابان جديدان
        [few] { $n } حسابات جديدة
        [many] { $n } حسابا جديدا
       *[other] { $n } حساب جديد
    }
roster-made =
    { $n ->
        [0] لم يُنشأ أي حساب.
        [one] أُنشئ حساب واحد.
        [two] أُنشئ حسابان.
        [few] أُنشئت { $n } حسابات.
        [many] أُنشئ { $n } حسابا.
       *[other] أُنشئ { $n } حساب.
    }
roster-changed =
    { $n ->
        [0] لا حسابات معدّلة
        [one] حساب معدّل واحد
        [two] حسابان معدّلان
        [few] { $n } حسابات معدّلة
        [many] { $n } حسابا معدّلا
       *[other] { $n } حساب معدّل
    }
roster-same =
    { $n ->
        [0] لا حسابات بلا تغيير
        [one] حساب واحد بلا تغيير
        [two] حسابان بلا تغيير
        [few] { $n } حسابات بلا تغيير
        [many] { $n } حسابا بلا تغيير
       *[other] { $n } حساب بلا تغيير
    }
roster-wrong =
    { $n ->
        [0] لا سطور تحتاج إلى تصحيح
        [one] سطر واحد يحتاج إلى تصحيح
        [two] سطران يحتاجان إلى تصحيح
        [few] { $n } سطور تحتاج إلى تصحيح
        [many] { $n } سطرا يحتاج إلى تصحيح
       *[other] { $n } سطر يحتاج إلى تصحيح
    }
roster-missing =
    { $n ->
        [0] لا حسابات غائبة عن الملف
        [one] حساب واحد غائب عن الملف
        [two] حسابان غائبان عن الملف
        [few] { $n } حسابات غائبة عن الملف
        [many] { $n } حسابا غائبا عن الملف
       *[other] { $n } حساب غائب عن الملف
    }
roster-missing-words = تبقى هذه الحسابات كما هي. لإغلاق حساب يُرجع إلى قائمة الحسابات.
roster-not-yet = لا يمكن تطبيق الملف: صححوا السطور المشار إليها أو أضيفوا ما يتغير، ثم تحققوا منه من جديد.
roster-take-words = يُطبّق الملف كله دفعة واحدة أو لا يُطبّق منه شيء، وتنتهي في الحين جلسات من يشملهم النقل.
roster-take = تطبيق الملف
roster-reason-hint = يسري هذا السبب على كل من يغير الملف صفته أو منطقته أو وحدته.
roster-secrets = ما يُسلَّم إلى كل واحد
move-title = نقل { $x }
move-words = يسري النقل في الحين وتنتهي جلسات المعني. أما الموافقات التي سبق أن منحها فتبقى صحيحة بوحدته وقت منحها.
move-now = التعيين الحالي
move-begun = العمل الذي شُرع فيه
move-begun-none = لا شيء قيد الإنجاز في هذه المنطقة.
move-begun-report = بلاغ لا يزال قيد التحرير
move-begun-alert = إنذار لا يزال قيد الإعداد
move-service = الجهاز الذي يطلع المعني على برقياته
move-service-hint = من غادر منطقة غادر جهازها، أما جهاز البلاد كلها فيبقى معه ما لم تختاروا غير ذلك.
move-service-follows = حسب القاعدة
move-service-none = بلا جهاز
move-hand-to = من يتولى هذا العمل؟
move-hand-to-hint = تُدرج في اللوحة مهمة عن كل قضية.
move-stays = يبقى لدى المنطقة
move-reason = سبب النقل
move-do = نقل هذا الشخص
move-earlier = تنقيلات سابقة
move-from-to = من: { $x }؛ إلى: { $y }
person-move = نقل
people-file = الاستيراد أو التصدير بملف
duty-take_over_work = تولي عمل شرع فيه شخص نُقل
act-person-move = نقل شخصا
act-person-rename = غيّر اسم شخص
