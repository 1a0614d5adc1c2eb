# Les mots des pages publiques.
