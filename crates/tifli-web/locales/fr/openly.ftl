# Vérifier une alerte, flux, intégrations : ce que le public et les autres sites ont entre les mains.

## Vérification d’une alerte

verify-label = Code, lien ou texte de l’alerte
verify-label-hint = Saisissez le code, ou collez le lien ou le message entier que vous avez reçu. Nous n’en conservons rien.
verify-send = Vérifier
verify-open = Ouvrir l’alerte
verify-active = Oui, cette alerte vient de nous et elle est en cours
verify-active-more = Comparez la photo et le prénom avec ce que vous avez reçu avant de partager.
verify-ended = Cette alerte vient de nous et elle est terminée
verify-ended-more = Merci de ne plus la partager et de supprimer vos partages.
verify-not-ours = Cela ne vient pas de nous
verify-not-ours-more = Aucune de nos alertes ne porte ce code, cette adresse ou exactement ce texte. Merci de ne pas le partager. Si vous avez saisi un code, vérifiez qu’il est bien recopié.
verify-exercise = C’est un exercice
verify-exercise-more = Aucun enfant n’a disparu. Merci de ne pas partager.
verify-differs = Il diffère de l’original : quelque chose a été modifié ou ajouté, ne serait-ce qu’une lettre. Merci de ne pas le partager ; seule la page de l’alerte fait foi.
verify-outdated = Une version plus récente de cette alerte est parue. Ouvrez-la avant de partager.
verify-foreign-address = L’adresse mène à un autre site, quelle que soit sa terminaison. Merci de ne pas l’ouvrir ni la partager.
verify-too-long = C’est trop long pour une alerte. Collez seulement le message.
verify-qr = Code QR qui mène à la vérification de cette alerte
verify-offline = Pour les appareils sans réseau, il existe une réponse signée qui se vérifie seule.
verify-offline-link = Comment cela fonctionne

## Intégration

embed-all = Toutes les alertes en cours

## Flux et intégrations

link-feeds = Flux et intégrations
feeds-more = Pour les rédactions, les sites, les écrans publics et les programmes. Tout s’y met à jour de soi-même : une alerte qui prend fin disparaît en quelques secondes, photo et prénom compris.
feeds-keep = Affichez-les tels quels et ne copiez rien : une copie ne sait pas quand l’alerte prend fin.
feeds-title = Flux
feeds-region = Région
feeds-whole = Tout le pays
feeds-category = Pour une seule catégorie, ajoutez-la à l’adresse dans le mot de la norme :
feeds-cap = Chaque entrée renvoie à l’alerte sous forme de document CAP 1.2. L’adresse d’un document ne change jamais de contenu ; après la fin, elle répond 410 et nomme le message qui met fin à l’alerte.
feeds-embed-title = Sur une page
feeds-embed-more = Un cadre sans script, dans la langue de vos lecteurs. Il se renouvelle seul.
feeds-screen-title = Sur un écran
feeds-screen-more = Une image de 1280 pixels sur 720, à une adresse qui reste la même. Relisez-la toutes les cinq à dix secondes ; s’il y a plusieurs alertes, elles s’affichent tour à tour.
feeds-screen-alt = Ce qui est en cours, en image
feeds-verify-title = Vérification
feeds-verify-more = Un code répond en JSON, et sous forme signée pour les appareils sans réseau ; la clé de signature est publiée.
