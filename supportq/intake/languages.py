"""In which language somebody wrote, told by the small words that others don't have; in doubt nobody knows."""

import re
from collections import Counter, defaultdict
from functools import cache

_SMALL_WORDS = {
    "cs": (
        "a ale bych bylo byl být dobrý den děkuji děkuju dnes jak jako je jejich jen ještě jsem jsme již jste "
        "když které který mám mi může mě na není nebo objednávka ode od po pokud pro prosím při protože s se si "
        "tak také tento to už v ve však vás vám z za ze že"
    ),
    "da": (
        "af at dag blev den der det efter eller en er for fra har hej hilsen hvad hvor hvordan hvornår ikke jeg "
        "jer jeres kan kunne med men mig min mit mvh når og også om på siden som tak til ved vi vil være"
    ),
    "de": (
        "aber als am an auch auf aus bei bin bitte da danke das dass dem den der des die doch ein eine einem "
        "einen einer es für guten habe haben hallo hat ich ihnen ihr ihre ihren im in ist ja kann kein keine "
        "leider mein meine meinen mich mir mit nach nicht noch nun nur oder schon sehr sein seit sich sie sind so "
        "über um und uns vom von war warum was wenn werden wie wir wird wurde zu zum zur"
    ),
    "en": (
        "a about after again am an and any are as at be because been but by can could did do does for from get "
        "had has have he hello her hi his how i if in is it just me my no not of on or our please she should so "
        "still thank thanks that the them there they this to was we what when where which who why will with would "
        "you your"
    ),
    "es": (
        "al buenas buenos como con cuando cuándo de del días desde donde el en ella era es esta está estoy este "
        "favor fue gracias ha han hasta hay he hola la las les lo los más me mi mis muy no nos para pero por "
        "porque puede puedo que qué quiero se si sin sobre son su sus también tengo un una ya y yo"
    ),
    "et": (
        "aga aitäh ei ema et ja juba kas kui kuidas kuid kus ma mida millal minu mis mul mulle me meie nad need "
        "nii ning olen oleme oli ole on pole palun see seda selle siis ta tere veel või vaid ära ükski"
    ),
    "fi": (
        "ei en eikä että hei ja jo jos joka kanssa kiitos koska kuin kun kuinka me mikä milloin minun minulla "
        "minulle mitä missä mutta myös näin nyt ole olen olemme oli on onko ovat sen se siitä sitä tai tämä tämän "
        "vai vaan vielä voi voin voitteko olisi terveisin päivää"
    ),
    "fr": (
        "à au aucune aussi aux avec avez bonjour car ce cela cette chez comme cordialement dans de depuis des "
        "donc du elle en est et être fait il ils j'ai je jour la le les leur ma mais mes merci moi mon ne nous "
        "n'ai n'est ont ou où par pas plus pour pouvez pouvez-vous quand que qu'il qui sa sans ses si suis sur "
        "toujours très un une vos votre vous c'est s'il"
    ),
    "hr": (
        "ali bi bih bila bilo biti dan dobar do hvala i iz ili ima imam ja još je jer jesam kad kada kako koja "
        "koje koji li me mi moj moja moje molim na nakon nam ne nego nema nije nisam od po pošto s sa sam samo se "
        "smo što su sve već vas vam za zašto"
    ),
    "hu": (
        "a az akkor amely azonban csak de egy és el ez ezt hogy hogyan ha igen is jó kell kérem köszönöm "
        "köszönettel lehet már még meg mert mi mikor mint minden mit most nagyon napot nekem nem nincs sem "
        "szeretném tisztelt üdvözlettel van vagy vagyok volt"
    ),
    "it": (
        "abbiamo al alla anche avete buongiorno che chi ci come con cosa da dal dalla dei del della delle di dopo "
        "dove e è ed era essere fa gli grazie ha ho il in la le lo ma mi mia mio molto nel nella non o ogni per "
        "perché più potete può quando quanto questa questo se senza si sono stato su sul tra un una vi vostro"
    ),
    "lt": (
        "ačiū apie ar aš bei bet buvo dar dėl dėkoju gal iki ir iš į jau jei jūs jūsų kad kai kaip kada kas ką "
        "kodėl laba diena man mano mes mūsų ne nes nėra nuo o per po prašau prie su sveiki tai tik taip už yra"
    ),
    "lv": (
        "ar arī bet bija būs es esmu gan ir jau jo jūs jūsu kā kad kas kāpēc ka labdien līdz lūdzu man mana mani "
        "mans mēs mums nav ne no par paldies pēc pie piecas sveiki tad tas te tikai to un uz vai vairs vēl vēlos "
        "viņš šo šis"
    ),
    "nl": (
        "aan al als bij dag dan dank dat de deze die dit doen door een en er geachte geen graag groet had heb "
        "hebben heeft het hij hoe hoi ik in is je kan kunnen kunt maar met mij mijn naar niet nog nu of om ons "
        "onze ook op over sinds te toch tot uit uw u van veel voor wanneer want waar waarom was wat we werd wij "
        "wil worden wordt zal zijn zo"
    ),
    "no": (
        "av bare da deg den der dere det eller en er et etter for fra får ha har hei hilsen hva hvordan hvor når "
        "i ikke jeg kan kunne man med meg men min mitt mvh nå og også om opp på siden som takk til tilbake være "
        "ved vennlig vi vil"
    ),
    "pl": (
        "ale bardzo był była było by być co czy czym dla do dzień dobry dziękuję gdy gdzie i ich ja jak jako jest "
        "jestem jeszcze jeśli już kiedy która które który mam mi mnie moja moje mój może mogę na nadal nam nas "
        "nie niż o od oraz pan pani państwo po pod poproszę pozdrawiam proszę przez przy się są szanowni ta tak "
        "także tego tej ten to tylko w we więc witam z za ze że żeby"
    ),
    "pt": (
        "a ainda ao as bom até boa com como da das de desde dia do dos e é ela em então era essa esse está estou "
        "eu foi fui há isso já mais mas me meu meus minha muito na não no nos o obrigada obrigado olá os ou para "
        "pela pelo por porque pode posso qual quando que quero se sem ser seu só sua também tem tenho um uma "
        "vocês você"
    ),
    "ro": (
        "acest aceasta am ar aș are asta așa bună ca că care ce cu cum când dar de decât despre din dumneavoastră "
        "după este eu fi fost iar îmi în încă la le lui mai mă meu mea mi mulțumesc ne nu o pe pentru poate prin "
        "rog sau să se si și sunt sînt sub un unde unei unui vă vreau ziua"
    ),
    "ru": (
        "а без благодарю бы был была были было в вам вас ваш вы где да для до добрый день его ещё если есть же за "
        "здравствуйте и из или их к как какой когда которые который мы мне мной мой моя мою на не нет но о он она "
        "от очень по пожалуйста почему при с сейчас со спасибо так также то только у уже что чтобы это этот я"
    ),
    "sk": (
        "a aj ako ale alebo bol bola bolo by byť čo deň dobrý do ďakujem ešte ho iba ich ja je k kde keď kedy "
        "ktorá ktoré ktorý má mám mi môj môže moja mňa na nám nás nie o od po pre pri pretože prosím s sa si som "
        "sme ste sú tak tento to tú už v vám vás veľmi z za že"
    ),
    "sl": (
        "a ali bi bil bila bilo brez dan dober do hvala in iz ima imam je jaz kaj kako kdaj ker ki ko kot lahko "
        "le me mi moj moja moje na nam ne ni nisem ob od pa po pred pri prosim s sem še si smo so te ter to tudi "
        "v vam vas več za zakaj z že"
    ),
    "sv": (
        "alla att av bara de den det där då efter eller en er ett från för går ha har hej hos hur hälsningar i "
        "inte jag kan kunde man med men mig min mina mitt mycket mvh ni nu när och också om oss på sedan ska "
        "skulle som så tack till upp var vad vara varför vi vill är än åt"
    ),
    "tr": (
        "acaba ama bana bir biz bu bunu çok da daha de değil diye en gibi hala hâlâ henüz hiç iyi için ile ise ki "
        "kadar lütfen merhaba mi mı mu mü nasıl ne neden nerede olan olarak olduğu sadece sayın siz sizin size şu "
        "tarafından teşekkür teşekkürler var ve veya ya yok zaman"
    ),
    "uk": (
        "або але без був була було бути в вам вас ви від він вже вона вони да де для до добрий день дякую є ж за "
        "зі з із й як який якщо які коли ласка ми мені мій моя мою на навіть не немає ні про по прошу та так "
        "також там те ти тільки то у це цей чи чому ще що щоб я"
    ),
}
"""Of each language the words of a letter that say nothing by themselves."""

_OWN_LETTERS = {
    "cs": "ěřů",
    "de": "ß",
    "es": "ñ",
    "hu": "őű",
    "lt": "ėįų",
    "lv": "āģīķļņ",
    "pl": "ąęłśźż",
    "pt": "ã",
    "ro": "ășț",
    "ru": "ёъыэ",
    "sk": "ĺľŕ",
    "tr": "ğış",
    "uk": "ґєії",
}
"""Letters by which a word is known to be of a language, though a name of it may stand anywhere."""

_LANGUAGE_OF_LETTER = {letter: (language,) for language, letters in _OWN_LETTERS.items() for letter in letters}

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LOOKED_AT = 4000
"""So many letters are enough."""

_FEWEST = 3
"""Fewer small words are no evidence."""

_LEAST = 1.5
"""What they must weigh together: a word that only one language has weighs 1, and one that two have a half."""

_BY_LETTER = 0.5
"""What a word weighs that is known by a letter alone."""

_SHARE = 0.15
"""Less of a text than this is a quotation, or a list of things."""

_LEAD = 1.5
"""By so much the first language must be ahead of the second, words that both have counted for less."""


def language_of(text: str) -> str:
    """Return the code of the language that a text is in, empty where its words don't tell that for sure."""
    words = [word.replace("’", "'") for word in _WORD.findall(text[:_LOOKED_AT].casefold())]
    weights = _weights()
    counts: Counter[str] = Counter()
    scores: defaultdict[str, float] = defaultdict(float)
    for word in words:
        found = weights.get(word) or _spelled_in(word)
        for language in found:
            counts[language] += 1
            scores[language] += 1 / len(found) if word in weights else _BY_LETTER
    if not scores:
        return ""
    best = max(scores, key=scores.__getitem__)
    score = scores.pop(best)
    second = max(scores.values(), default=0.0)
    if not any(best in weights.get(word, ()) for word in words):
        return ""
    is_enough = counts[best] >= max(_FEWEST, _SHARE * len(words)) and score >= _LEAST
    return best if is_enough and score >= _LEAD * second else ""


def _spelled_in(word: str) -> tuple[str, ...]:
    """Return the language whose own letters stand in a word."""
    if word.isascii():
        return ()
    return next((_LANGUAGE_OF_LETTER[letter] for letter in word if letter in _LANGUAGE_OF_LETTER), ())


@cache
def _weights() -> dict[str, tuple[str, ...]]:
    """Return the languages of each small word."""
    found: dict[str, set[str]] = {}
    for language, said in _SMALL_WORDS.items():
        for word in said.split():
            found.setdefault(word, set()).add(language)
    return {word: tuple(sorted(languages)) for word, languages in found.items()}
