# Télégrammes transmis aux systèmes propres des services : la page d’un avis, le récit d’une remise, la saisie de l’administrateur.

dispatches-title = Systèmes propres des services
dispatches-words = L’avis lui-même y est transmis comme message CAP signé, de portée restreinte (Restricted). Un service sans système est averti par courriel et le lit après connexion.
dispatch-title = Avis au système de :
dispatch-telegram = Dernier télégramme
dispatch-next-soon = Il part dès que ce système est libre ; un télégramme antérieur passe d’abord.
dispatch-next-late = Il est présenté de nouveau à { $x }. Le système ne l’a pas pris depuis plusieurs minutes : appelez le service sans attendre.
dispatch-next-done = Rien : le système du service a ce télégramme.
dispatch-next-done-end = Rien : le système du service sait que les recherches ont cessé.
dispatch-next-overtaken = Rien : un télégramme plus récent a pris sa place.
dispatch-next-withheld = Rien : la dernière réponse dit pourquoi il n’y est pas transmis.
dispatch-next-given-up = Abandonné : plus rien n’est tenté. Appelez le service, assurez-vous qu’il a ce télégramme, et notez au tableau comment.
dispatch-next-given-up-end = Abandonné : plus rien n’est tenté. Appelez le service, dites-lui que les recherches ont cessé, et notez au tableau comment.
duty-bulletin_system = Appeler un service dont le système n’a pas pris l’avis
reply-service_left = Ce service ne reçoit plus d’avis ; rien n’est parti.
reply-not_held = Le système répond qu’il n’a rien de ces recherches.
reply-cap_not_kept = Aucun message CAP de ce télégramme n’a été conservé ; rien n’est parti. Appelez le service.
problem-no_such_service = Ce service ne figure pas dans l’annuaire.
problem-service_inactive = Ce service ne reçoit pas d’avis actuellement : rendez-le d’abord actif dans l’annuaire.
problem-system_of_a_partner = Les avis vont aux systèmes des services, et ceci est un partenaire. Choisissez un service, ou un autre canal.
problem-system_of_a_service = Ceci est un service : choisissez le canal des avis. Les alertes vont aux systèmes des partenaires.
problem-cessation_owed = Le système d’un service est encore en train d’apprendre que les recherches ont cessé. Le dossier pourra être effacé ensuite, ou après l’abandon des tentatives.
