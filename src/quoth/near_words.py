"""Words that a text may not have more or fewer of than another that says nearly the same, besides function words."""

from __future__ import annotations

_NUMBERS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million millions billion
billions trillion dozen dozens half halves third quarter quarters double triple twice thrice pair first second fourth
fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth twentieth thirtieth hundredth
null eins zwei zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn
achtzehn neunzehn zwanzig dreißig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend million
millionen milliarde milliarden billion billionen dutzend halb halbe halber halbes halben hälfte drittel viertel
doppelt dreifach erste ersten erster zweite zweiten zweiter dritte dritten dritter vierte vierten
zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente
quarante cinquante soixante septante octante huitante nonante cent cents mille million millions milliard milliards
douzaine demi demie moitié tiers quart double triple premier première deuxième troisième quatrième cinquième
cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho
diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve
treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos doscientos trescientos cuatrocientos
quinientos seiscientos setecientos ochocientos novecientos mil miles millón millones billón docena medio media mitad
tercio cuarto doble triple primero primera segundo segunda tercero tercera
"""
NUMBER_WORDS = frozenset(_NUMBERS.split())
"""In English, German, French and Spanish. Words put together of these are numbers too: fünfundzwanzig, twentyone."""

NUMBER_JOINTS = ("und", "and", "et", "y", "i", "ein", "s")
"""What may stand between or after the parts of such a word."""

_RESTRICTING = """
no not never none nobody nothing nor neither without cannot except excluding exclusive unless unlike
may might must shall should can could will would need ought
only merely solely entirely fully full completely wholly partly partially part largely mostly mainly generally usually
typically normally always often sometimes seldom rarely hardly barely scarcely almost nearly approximately roughly
exactly least most fewer less more few many several some any every each all both either minimum maximum
before after until since prior later earlier former formerly previously currently temporarily permanently
allegedly reportedly possibly probably presumably likely unlikely perhaps maybe supposedly optional optionally mandatory
required voluntary conditionally provided if but instead rather false falsely invalid void
kein keine keinem keinen keiner keines nie niemals nichts niemand außer ausgenommen ausschließlich
darf dürfen kann können muss müssen soll sollen sollte sollten könnte könnten dürfte dürften
lediglich bloß ganz gänzlich völlig vollständig voll teils teilweise überwiegend meist meistens immer stets oft manchmal
selten kaum beinahe fast nahezu etwa ungefähr circa genau mindestens höchstens wenigstens mehr weniger wenige einige
alle jeder jede jedes beide frühestens spätestens vor nach bis seit ehemals früher später künftig vorläufig bisher
angeblich möglicherweise wahrscheinlich vermutlich vielleicht eventuell wohl freiwillig verpflichtend ungültig
pas jamais rien aucun aucune personne sauf excepté hormis peut peuvent doit doivent pourrait devrait
seulement uniquement entièrement totalement pleinement partiellement partie surtout généralement habituellement toujours
souvent parfois rarement presque environ exactement moins plus peu plusieurs quelques chaque tous toutes avant après
auparavant anciennement provisoirement probablement peut-être éventuellement facultatif obligatoire nul nulle
nunca jamás nada nadie ninguno ninguna ningún salvo excepto puede pueden debe deben podría debería
solamente únicamente enteramente totalmente plenamente parcialmente parte generalmente normalmente siempre menudo veces
raramente casi aproximadamente exactamente menos más pocos muchos varios algunos cada todos todas antes después
anteriormente provisionalmente probablemente quizás quizá posiblemente opcional obligatorio nulo nula
mai niente nessuno nessuna senza nunca nem ninguém nenhum nenhuma niet geen nooit niets niemand zonder
inte ej ingen inget aldrig utan nie bez nigdy nic nikt ani değil hiç не нет ни никогда никто ничего без кроме
لا لم لن ليس ليست غير بدون
"""
RESTRICTING = frozenset(_RESTRICTING.split())
"""Negations, modal verbs, amounts, order in time, hedges."""

_ARTICLES = "a an the that le la les el los las lo"
ARTICLES = frozenset(_ARTICLES.split())
"""Function words that say nothing by themselves; not those of German, whose endings tell who does what to whom."""
