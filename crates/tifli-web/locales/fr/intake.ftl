# Les questions de l’accueil au-delà de la première déclaration, les lieux à vérifier, la première alarme.

# Le filtre du déclarant.
section-gate = Avant toute publication
section-more-gate = Trois questions sur la personne qui déclare, à lui poser seul à seul. Un « oui » ou un « inconnu » suspend la publication jusqu’à la décision du ministère public ; le télégramme part quand même.
field-gate_custody = Existe-t-il une décision de justice sur la garde de l’enfant ?
field-gate_protection = Existe-t-il une mesure de protection ou une plainte pour violences dans la famille ?
field-gate_fleeing = L’enfant fuit-il la personne qui déclare ?
hint-gate_custody = De toute juridiction, y compris étrangère, même en cours d’examen.
hint-gate_fleeing = Tenez compte aussi de ce que disent les autres. « Inconnu » est une bonne réponse.
answer-yes = Oui
answer-no = Non
answer-unknown = Inconnu
answer-refused = Refus de répondre
sealed-kept = Une réponse est conservée sous scellé. Ce que vous choisissez ou écrivez maintenant la remplace ; laissée vide, elle demeure.
sealed-answer = (sous scellé)
