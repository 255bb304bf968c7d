"""Words that say nothing about what a text is about, by ISO 639-1 language. Written for matching questions to passages.

Question words are among them: "how many" should not find passages that hold "many". Words that also carry meaning when
asked for ("first", "not", "us", "most") are left out. Apostrophes are dropped, as `analyze` drops them.
"""

from __future__ import annotations

ENGLISH = """
a about after again all also am an and any are arent as at be because been before being but by can cant cannot could
couldnt did didnt do does doesnt doing dont each for from had hadnt has hasnt have havent having he her here hers
herself hes him himself his how hows i id if ill im in into is isnt it its itself ive just let lets me mine my
myself of off on once only onto or other our ours ourselves own please shall she shes should shouldnt so some such
than that thats the their theirs them themselves then there theres these they theyre this those through to too upon
very was wasnt we were werent weve what whatever whats when where wheres whether which while who whom whos whose why
will with wont would wouldnt yet you youd your youre yours yourself much many tell
"""

SPANISH = """
a al algo algun alguna algunas alguno algunos ante antes aquel aquella aquellas aquellos aqui asi aun aunque bajo
bien cada como con contra cual cuales cuando cuanta cuantas cuanto cuantos cuyo cuya cuyos cuyas de del desde donde
dos durante e el ella ellas ellos en entre era eran eres es esa esas ese eso esos esta estaba estaban estado estan
estar estas este esto estos fue fueron ha habia habian haber han has hasta hay he la las le les lo los mas me mi mis
mientras muy ni nos nosotros o os otra otras otro otros para pero por porque pues que quien quienes se sea sean ser
si sido sin sobre solo son soy su sus suya suyo tal tambien tan tanto te tenia tiene tienen toda todas todo todos
tras tu tus u un una unas uno unos usted ustedes y ya yo
"""

GERMAN = """
ab aber alle allem allen aller alles als also am an andere anderen anderer auch auf aus bei beim bin bis bist da
dabei dadurch dafur damit dann daran darauf das dass dasselbe davon dazu dem den denen denn der deren des dessen
dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwas
euch euer fur gegen gewesen hab habe haben hat hatte hatten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im
in indem ins ist ja jede jedem jeden jeder jedes jener kann kein keine keinem keinen keiner konnen konnte konnten
man manche mein meine mich mir mit muss nach noch nun nur ob oder ohne sehr sein seine seinem seinen seiner sich sie
sind so solche soll sollte sondern sonst um und uns unser unter viel viele vom von vor wahrend wann war waren warum
was weg weil welche welchem welchen welcher welches wem wen wenn wer werde werden wie wieder wieviel will wir wird
wirst wo worden wurde wurden zu zum zur zwar zwischen uber
"""

FRENCH = """
a ai ainsi alors apres as au aucun aucune auquel aussi autre autres aux avaient avait avant avec avez avoir avons c
car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci combien comme comment contre d dans de depuis
des donc dont du elle elles en encore entre es est et etaient etait etant ete etes etre eu eux fut il ils j je jusqu
jusque l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsqu lorsque lui m ma mais me meme memes
mes moi mon n ne ni nos notre nous on ont ou par parce pas pendant peu peut plus pour pourquoi puis puisqu puisque
qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera seront ses si son sont sous suis sur t ta te
tes toi ton tous tout toute toutes tres tu un une vers vos votre vous y
"""

ITALIAN = """
a abbia abbiamo ad agli ai al alcuna alcune alcuni alcuno all alla alle allo altra altre altri altro anche ancora
avere aveva avevano c che chi ci cio coi col come con contro cosa cui d da dagli dai dal dall dalla dalle dallo
degli dei del dell della delle dello dentro di dopo dove e ed egli era erano essa esse essere essi esso fa fra fu
furono gli ha hai hanno ho i il in infatti io l la le lei li lo loro lui ma me mentre mi mia mie miei mio molto ne
negli nei nel nell nella nelle nello noi non nostra nostro o ogni oltre per perche percio piu poi prima pure qual
quale quali quando quanta quante quanti quanto quella quelle quelli quello questa queste questi questo qui quindi s
sara se sei senza si sia siamo siano solo sono sopra sotto sta stata stati stato su sua sue sugli sui sul sull sulla
sulle sullo suo suoi tra tu tutta tutte tutti tutto tuttavia un una uno v vi voi
"""

PORTUGUESE = """
a algum alguma algumas alguns ao aos aquela aquelas aquele aqueles aquilo as ate cada com como contra cuja cujo da
das de dela delas dele deles depois desde dessa desse desta deste do dos durante e ela elas ele eles em entre era
eram essa essas esse esses esta estao estar estas estava estavam este estes estou eu foi foram ha isso isto ja la
lhe lhes lo mais mas me mesmo meu meus minha minhas muito na nao nas nem nessa nesse nesta neste no nos nossa nosso
num numa o onde os ou outra outras outro outros para pela pelas pelo pelos pois por porque qual quais quando quanta
quantas quanto quantos que quem sao se seja sem ser sera seu seus sido sob sobre sua suas tambem tem tendo ter tinha
tinham toda todas todo todos tu um uma umas uns voce voces
"""

DUTCH = """
aan al alle alles als andere ben bij daar dan dat de deze die dit doch doen door dus een eens en enkele er ge geen
geweest haar had hadden heb hebben heeft hem het hier hij hoe hoeveel hun iemand iets ik in is ja je jij jullie kan
kon konden kunnen maar me meer men met mij mijn moet moeten na naar niet niets nog nu of om omdat onder ons onze ook
op over reeds te tegen toch toen tot tussen u uit uw van veel voor waar waarom wanneer want waren was wat we wel
welk welke werd werden wie wij wil worden wordt zal ze zelf zich zij zijn zo zoals zonder zou zouden
"""

RUSSIAN = """
а без более больше будет будто будут бы был была были было быть в вам вами вас ваш ваша ваше ваши весь во вот все
всего всей всем всеми всех всю вся вы где да даже для до его ее если есть еще же за здесь и из или им именно их к
как какая какие каким какими каких какого какой каком какому какою кем ко когда ком кому которая которого которой
котором которому которою которую которые который которыми которых кто куда ли либо лишь между меня мне мог могла
могли могло могут может можно мы на над надо нам нами нас наш наша наше нашего наши не него нее ней нем нему нет ни
ним ними них но ну о об однако он она они оно от очень по под после потом потому почему при про раз с сам самая
самого самое самой самому самые самый самым самых свое своего своей своему свои своим своими своих свою своя себе
себя сейчас сколько со та так также такие такой там те тебя тем теми теперь тех то тогда того тоже той только том
тому тот ту ты у уже хотя чего чей чем чему через что чтобы чье чьего чьи чья эта эти этим этими этих это этого этой
этом этому этот эту я
"""

ARABIC = """
أو أم أن أنا أنت أنه أنها أي أين إذا إلا إلى إن إنه إنها التي الذي الذين اللذان اللتان الى ان انه او أيضا بعد بعض بل
به بها بين بينما تحت تلك تم ثم حتى حول حيث حين خلال دون ذلك سوف سوى ضد ضمن عبر عليه عليها على عن عند عندما غير ف في
فيه فيها فقط فوق قبل قد كان كانت كانوا كل كلا كم كما كيف لا لأن لدى لقد لكن لكل لم لما لماذا لن له لها لهم ليس ليست
ما ماذا متى مثل مع من منذ منه منها مما نحن نحو هؤلاء هذا هذه هل هم هما هنا هناك هو هي و وقد وكان ولا ولم وهو وهي
يكون
"""

SWEDISH = """
alla allt att av blev bli blir da de dem den denna deras dess dessa det detta dig din du efter ej eller en er ett
fran for ha hade han har hans hon honom hur i icke ifran inte ja jag kan kunde man med mellan men mig min mitt mot
mycket nar ni nu och om oss pa sa sadan samma sedan sig sin sina sitt skall ska skulle som till under upp ut utan
vad var vara varfor varit varje vart vem vi vid vilka vilken vilket
"""

POLISH = """
a aby albo ale bardzo bez byc byl byla bylo byly bo by co czy dla do gdy gdyz gdzie go i ich ile im jak jaka jaki
jakie jako jego jej jest jeszcze juz kiedy kto ktora ktore ktorego ktorej ktory ktorych ktorym ma maja mial mi mnie
moze na nad nie niz nich nim o od oraz po pod poniewaz przed przez przy sa sie swoj ta tak takze tam te tego tej ten
to tu tych tylko tym u w we wiec wszystko z za ze zeby
"""

TURKISH = """
acaba ama ancak bazi belki ben bir biri bu cok da daha de defa degil diye en gibi hem hep hepsi her hic icin ile ise
kadar kez ki kim mi mu nasil ne neden nerede nicin niye o olan olarak oldu oldugu onu onun sey siz su tum ve veya ya
yani
"""

CZECH = """
a aby ale ani ano asi az bez bude budou by byl byla byli bylo byt co coz dle do ho i ja jak jake jako je jeho jej
jeji jejich jemu jen jeste ji jich jim jinak jsem jsi jsme jsou jste k kam kde kdo kdy kdyz ke kolik ktera ktere
kteri kterou ktery ma maji me mezi mi mit mne mu my na nad nam nas ne nebo nebyl neni nez ni nic o od on ona oni ono
pak po pod podle pokud pouze prave pred pres pri pro proc proto protoze s sam se si sve svuj ta tak take tam tato
tedy ten tento teto tim to toho tohoto tom tomu tuto ty u uz v vam vas ve vsak vy z za zda ze
"""

DANISH = """
ad af alle alt at blev bliver da de dem den denne der deres derfor det dette dig din disse du efter eller en end er
et for fordi fra ham han hans har havde hende hendes her hos hun hvad hvem hvilke hvilken hvilket hvis hvor hvordan
hvorfor hvornar i ikke ind jeg jer jo kan kun kunne man med meget mellem men mig min mod naar nar ned nogen noget
nogle nu og ogsa om op os over pa sa sadan sig sin sine skal skulle som til ud under vaere vaeret var ved vi vil
ville
"""

GREEK = """
αλλα αν απο αυτα αυτες αυτη αυτο αυτοι αυτος αυτου αυτων για γιατι δεν εαν εγω ειναι ειχαν ειχε εκεινη εκεινο
εκεινος εμεις ενα εναν ενας ενος εσυ εχει εχουν η ηταν θα ισως κα και κατα κι μα με μεσα μετα μη μην μια μιας να ο
οι ομως οπου οπως οταν οτι ου παρα ποια ποιες ποιο ποιοι ποιος ποιου ποιων πολυ ποσα ποσες ποσο ποσοι ποτε που πριν
προς πως σαν σε στα στη στην στις στο στον στους συ τα τη την της τι τις το τοι τοσο τοτε του τους των ως
"""

FINNISH = """
ei eika en ennen enta etta han hanelle hanen hanet he heidan heille ja jo joiden joita joka jolla jolle jolloin
jonka jos jossa josta jota jotka kanssa keita kenen ketka koska kuin kuinka kuka kun kuten me meidan mika mikali
miksi millainen milloin mina minka missa mista mita mitka monta mukaan mutta myos ne niiden niin niita noin nyt
olemme olen oli olivat olla olleet ollut on ovat paljonko se sen siella siina siis sina sita sitten tama taman tassa
te tuo vai vaikka vain voi
"""

HUNGARIAN = """
a abban ahhoz ahogy ahol aki akik akkor alatt altal amely amelyek amelyet amelynek ami amig amikor amit arra az
azert azok azon azonban azt azutan bar be csak de e ebben egy egyes egyik ehhez el ennek erre es ez ezek ezen ezert
ezt fel ha hanem hany hanyan hiszen hogy hogyan hol honnan hova igy illetve is itt ki kik kinek kit kozott le legyen
lehet lesz lett maga majd meg mely melyek melyik melyiket mennyi mert mi miert mig mikor miként milyen mint mit
mivel neki nem o ok ol olyan ott pedig s sem szamara szerint tehat ugy utan vagy van vannak volt voltak
"""

NORWEGIAN = """
alle alt at av bare ble blir da de dem den denne der deres det dette di din disse du eller en enn er et etter for
fordi fra ha hadde ham han hans har hennes her hos hun hva hvem hvilke hvilken hvilket hvis hvor hvordan hvorfor i
ikke inn jeg kan kun kunne man med meg meget mellom men mens min mot mye na nar ned noe noen og ogsa om opp oss over
pa sa samme seg selv sin sine sitt skal skulle slik som til under ut uten vaere vaert var vart ved vi vil ville
"""

ROMANIAN = """
a acea aceasta aceea aceia acela acele acest acesta aceste acestea acestei acesti acestia acestui ai aici al ale am
ar are as asa asupra atat atunci au avea aveau avut ca cand care carei caror carora carui cat cata cate cati catre
ce cea cei cel cele chiar ci cine cu cui cum da daca dar de decat deci deoarece despre din dintre dupa e ea ei el
ele era erau este eu fara fi fie fiecare fiind fost i ii il in inainte insa intr intre isi la le lor lui ma mai mult
ne nici nu o ori pana pe pentru peste prin s sa sau se si spre sub sunt toate tot toti un una unde unei unor unui va
vor
"""

UKRAINIAN = """
а або але без би був була були було бути в вам вас ваш вже ви вона вони воно все всього всі всіх від він де для до ж
з за зі й його йому ким кого коли кому куди лише має ми може можуть між на над нам нас наш не нею неї ним них ні ніж
о об один однак по при про під скільки та так такий також там те ти тим то того тоді той тому ту у усі хоч хто це
цей цим цих цього цю ця цієї через чи чий чия чому що щоб я як яка якби яке який яких якого якому якої яку якщо які
якій є і із іх їй їм їх її
"""

STOP_WORDS: dict[str, tuple[str, ...]] = {
    language: tuple(words.split())
    for language, words in {
        "ar": ARABIC,
        "cs": CZECH,
        "da": DANISH,
        "de": GERMAN,
        "el": GREEK,
        "en": ENGLISH,
        "es": SPANISH,
        "fi": FINNISH,
        "fr": FRENCH,
        "hu": HUNGARIAN,
        "it": ITALIAN,
        "nl": DUTCH,
        "no": NORWEGIAN,
        "pl": POLISH,
        "pt": PORTUGUESE,
        "ro": ROMANIAN,
        "ru": RUSSIAN,
        "sv": SWEDISH,
        "tr": TURKISH,
        "uk": UKRAINIAN,
    }.items()
}
