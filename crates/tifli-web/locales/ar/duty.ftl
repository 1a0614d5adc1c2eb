# ما بقي إنجازه في الملف، ومتى.
nav-board = لوحة المهام
case-sections = صفحات القضية
section-duties = ما يجب إنجازه
board-words = ما يتعين على أحد إنجازه، والأكثر استعجالا أولا. ما يتجاوز أجله يُبلَّغ إلى قاعة القيادة ويبقى هنا إلى أن يُنجز.
board-empty = لا شيء في الانتظار.
board-late = { $n ->
    [zero] لا تأخر في أي مهمة
    [one] مهمة واحدة متأخرة
    [two] مهمتان متأخرتان
    [few] { $n } مهام متأخرة
    [many] { $n } مهمة متأخرة
   *[other] { $n } مهمة متأخرة
}
board-late-now = المتأخر: { $x }
duty-late = متأخر
duty-paged = نُبهت قاعة القيادة
duty-settle = تسجيل الإنجاز
duty-note = كيف أُنجز ذلك؟
duty-go = فتح
duty-end-done = أُنجز
duty-end-needless = لم يعد له موضوع
duty-publish = البت: إنذار أو بيان سبب عدم الإنذار
duty-decide = الموافقة على الإنذار أو إرجاعه أو رفضه
act-duty-settle = سجّل إنجاز مهمة
act-duty-page_room = نُبهت قاعة القيادة إلى مهمة متأخرة
duty-triage_tips = معالجة المعلومات المنتظرة
