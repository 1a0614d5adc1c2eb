# كلمات تظهر في كل الصفحات
app-name = طفلي
console-name = طفلي – منصة الشرطة
skip-to-content = الانتقال إلى المحتوى
choose-language = اللغة
published-by = الجهة الناشرة:
footer-links = صفحات أخرى
link-current-alerts = الإنذارات الجارية
link-subscribe = تلقي الإنذارات
link-verify = التحقق من إنذار
link-tip-return = العودة إلى معلوماتكم
link-about = حول هذه الخدمة
banner-demo = عرض تجريبي – أطفال من نسج الخيال، لا شيء هنا حقيقي
banner-drill = تمرين – هذا تدريب وليس إنذارا حقيقيا
short-demo = تجريبي
short-drill = تمرين
error-summary-title = يرجى تصحيح ما يلي
ago-now = الآن
ago-minutes = { $n ->
    [one] منذ دقيقة
    [two] منذ دقيقتين
    [few] منذ { $n } دقائق
    [many] منذ { $n } دقيقة
   *[other] منذ { $n } دقيقة
}
ago-hours = { $n ->
    [one] منذ ساعة
    [two] منذ ساعتين
    [few] منذ { $n } ساعات
    [many] منذ { $n } ساعة
   *[other] منذ { $n } ساعة
}
ago-days = { $n ->
    [one] منذ يوم
    [two] منذ يومين
    [few] منذ { $n } أيام
    [many] منذ { $n } يوما
   *[other] منذ { $n } يوم
}
