import type { ReportTexts } from '../report-texts.js';

export const formulas: ReportTexts['formulas'] = {
  'time-to-detect':
    'De la première activité d’une détection à son signalement, pour les détections signalées pendant la période.',
  'pipeline-delay':
    'De la réception de la première activité d’une détection à son signalement, pour les détections signalées pendant la période.',
  'time-to-acknowledge':
    'De l’ouverture d’un dossier à sa première prise en charge par un analyste, pour les prises en charge de la période.',
  'time-to-notify':
    'De l’ouverture d’un dossier à la première notification du client, pour les notifications de la période.',
  'time-to-contain':
    'Du premier signalement parmi les détections d’un dossier au premier confinement dont l’effet a été vérifié, pour les confinements de la période.',
  'time-to-resolve':
    'De l’ouverture d’un dossier à sa résolution, hors temps passé à l’état résolu avant réouverture, pour les dossiers résolus pendant la période et toujours résolus à sa fin.',
  'time-to-resolve-ours': 'Délai de résolution, déduction faite des attentes du client ou d’un tiers.',
  'time-to-resolve-customer':
    'Part du délai de résolution pendant laquelle le dossier attendait le client ou son accord.',
  'time-to-resolve-third-party': 'Part du délai de résolution pendant laquelle le dossier attendait un tiers.',
  'time-to-approve':
    'De la demande d’accord pour une action à la décision du client, pour les décisions de la période.',
  events:
    'Somme des événements acceptés d’après les accusés de réception de la période ; chaque position d’un flux d’entrée compte une fois.',
  findings: 'Détections signalées pendant la période ; leurs répétitions ne sont pas recomptées.',
  cases: 'Dossiers ouverts pendant la période et non fusionnés avec un autre à sa fin.',
  'cases-needing-customer':
    'Parmi les dossiers ouverts pendant la période, ceux mis en attente du client, comportant une question au client, ou une action soumise à son accord ou confiée à ses soins.',
  fidelity:
    'Vrais positifs divisés par la somme des vrais et des faux positifs, parmi les dossiers résolus pendant la période qui ont été portés à la connaissance du client.',
  'coverage-techniques':
    'Techniques ATT&CK dotées d’une règle testée sur une source active, divisées par celles qu’au moins une règle vise sur un type de source enregistré.',
  'coverage-sources':
    'Sources ayant envoyé des événements et non constatées muettes à la fin de la période, divisées par les sources enregistrées.',
  'coverage-assets':
    'Actifs enregistrés dont un nom apparaît dans la télémétrie de la période, divisés par les actifs enregistrés.',
  satisfaction: 'Notes de 1 à 5 données par le client pendant la période, la dernière de chaque dossier.',
  'dead-letters':
    'Somme des messages et lignes illisibles mis de côté, d’après les accusés de réception de la période.',
  bytes: 'Somme des octets reçus, d’après les accusés de réception de la période.',
  assets: 'Actifs enregistrés.',
  'analyst-minutes':
    'Minutes entre prise en charge et résolution, hors attente d’autrui, des dossiers résolus pendant la période. Temps écoulé, non temps de travail pointé.',
  'actions-verified': 'Actions de réponse dont l’effet a été constaté pendant la période.',
  'hours-saved':
    'Détections de la période hors dossiers ayant sollicité le client, multipliées par 15 minutes. Ces 15 minutes sont une hypothèse.',
  hunts: 'Chasses achevées pendant la période, y compris celles qui n’ont rien trouvé.',
  'hunt-hypotheses': 'Hypothèses distinctes de ces chasses.',
  'hunt-events': 'Somme des événements couverts par ces chasses.',
  'hunts-with-rows': 'Chasses de la période ayant au moins un résultat.',
  'hunt-time': 'Somme des durées de recherche de ces chasses.',
  'sla-acknowledge':
    'Prises en charge dans les délais, divisées par les échéances tenues ou manquées pendant la période.',
  'sla-notify': 'Notifications dans les délais, divisées par les échéances tenues ou manquées pendant la période.',
  'sla-contain':
    'Confinements dans les délais, divisés par les échéances tenues ou manquées pendant la période ; un dossier résolu avant l’échéance n’en requiert pas.',
  'sla-resolve':
    'Résolutions dans les délais, divisées par les échéances tenues ou manquées pendant la période ; le décompte s’arrête pendant l’attente d’autrui.',
};
