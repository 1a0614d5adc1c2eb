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
nav-new-report = بلاغ جديد
nav-tips = المعلومات الواردة
nav-bulletins = البرقيات
nav-decisions = في انتظار القرار
nav-room = قاعة القيادة
nav-delivery = البث والتسليم
nav-call = خط الاتصال
nav-tasks = مهام البحث
nav-people = الأشخاص
nav-health = حالة النظام
nav-audit = سجل التدقيق
role-officer = ضابط المنطقة
role-approver = سلطة القرار
role-room = قاعة القيادة
role-line = خط الاتصال
role-prosecutor = النيابة العامة
role-field = وحدة ميدانية
role-operator = مشغل النظام
role-auditor = مدقق
