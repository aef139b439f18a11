"""Every sentence a visitor of the website reads, in Dutch at level B1. Read a new one aloud first.

The visitor is alone with it, perhaps at night and in a hurry: short, calm, and always a way on.
"""

from __future__ import annotations

from service.answering.redaction import PersonalDataKind
from service.domain.answer import Status
from service.domain.gap import Fault
from service.web.widget.words import HelpLine, Said, Words
from service.web.wording import AUTHORITIES, MONTHS
from service.web.wording_widget_en import ENGLISH

OUTCOMES = {
    Status.ANSWERED: Said("Dit staat in onze teksten", "Lees de bron als u het zeker wilt weten."),
    Status.ANSWERED_PARTLY: Said(
        "Dit is een deel van het antwoord", "Stel wat nog open is als een nieuwe vraag. Of bel ons daarvoor."
    ),
    Status.CLARIFY_PRODUCT: Said(
        "Wat bedoelt u?", "Uw vraag kan over meer dingen gaan. Kies wat u bedoelt en lees het."
    ),
    Status.NO_SOURCE: Said(
        "Ik vind dit niet in onze teksten", "Een medewerker kan u misschien wel helpen. Bel ons of kom langs."
    ),
    Status.LOW_CONFIDENCE: Said(
        "Dit weet ik niet zeker", "Lees de teksten hieronder. Of vraag het aan een medewerker."
    ),
    Status.PERSONAL_CASE: Said(
        "Dit gaat over uw eigen zaak", "Ik kan uw gegevens niet zien. Een medewerker kan dat wel. Bel ons."
    ),
    Status.OTHER_AUTHORITY: Said(
        "Hier gaat de gemeente niet over", "Vraag het aan de organisatie die hierover gaat."
    ),
    Status.OUT_OF_SCOPE: Said(
        "Dit is geen vraag voor de gemeente", "Vraag iets over de gemeente, zoals over een paspoort of afval."
    ),
    Status.ABUSE: Said(
        "Op deze tekst geef ik geen antwoord",
        "Hebt u een vraag voor de gemeente? Stel hem in gewone woorden.",
    ),
    Status.CRISIS: Said("Praat nu met iemand", "U hoeft dit niet alleen te doen. Is er nu gevaar? Bel 112."),
    Status.ERROR_RETRIEVAL: Said(
        "Zoeken lukt nu niet", "Uw vraag staat er nog. Probeer het zo opnieuw, of bel ons."
    ),
}

HINTS = {f"authority.{key}": Said("", f"U kunt terecht bij {name}.") for key, name in AUTHORITIES.items()} | {
    "authority.politie": Said("", "U kunt terecht bij de politie. Is er nu gevaar? Bel 112."),
    "authority.dieren": Said("", "Is een dier in nood? Bel het meldnummer voor dieren."),
    "crisis.112": Said("Bel nu 112", "Is er gevaar? Wacht niet en bel meteen."),
    "crisis.113": Said(
        "Praat nu met iemand",
        "Denkt u aan zelfmoord? Bel 113. Dat is gratis en kan dag en nacht, zonder uw naam.",
    ),
    "crisis.veilig_thuis": Said(
        "Praat nu met iemand",
        "Is het thuis niet veilig? Bel Veilig Thuis. Dat is gratis en kan dag en nacht.",
    ),
    "crisis.kindertelefoon": Said(
        "Praat nu met iemand",
        "Ben je een kind? Bel de Kindertelefoon. Dat is gratis. Is er nu gevaar? Bel 112.",
    ),
    "crisis.seksueel_geweld": Said(
        "Praat nu met iemand",
        "Bel het Centrum Seksueel Geweld. Dat is gratis en kan dag en nacht. Is er nu gevaar? Bel 112.",
    ),
    "crisis.gas": Said(
        "Ga nu naar buiten",
        "Maak geen vuur en geen licht. Ga naar buiten en bel daar. Is er gevaar? Bel 112.",
    ),
    "abuse.threat": Said(
        "", "Dreigen is strafbaar. Hebt u een klacht? Bel ons. Een medewerker luistert naar u."
    ),
    "scope.gibberish": Said("Dit begrijp ik niet", "Stel uw vraag opnieuw, in gewone woorden."),
    "scope.injection": Said("Dit is geen vraag", "Typ alleen wat u van de gemeente wilt weten."),
    "scope.smalltalk": Said("Waarmee kan ik u helpen?", "Typ hieronder wat u van de gemeente wilt weten."),
}

_DANGER = HelpLine("Alarmnummer bij gevaar", "112")
LINES = {
    "crisis.112": (HelpLine("Alarmnummer", "112"),),
    "crisis.113": (HelpLine("113 Zelfmoordpreventie", "113"), HelpLine("Ook gratis", "0800-0113"), _DANGER),
    "crisis.veilig_thuis": (HelpLine("Veilig Thuis", "0800-2000"), _DANGER),
    "crisis.kindertelefoon": (HelpLine("Kindertelefoon", "0800-0432"), _DANGER),
    "crisis.seksueel_geweld": (HelpLine("Centrum Seksueel Geweld", "0800-0188"), _DANGER),
    "crisis.gas": (HelpLine("Storingsnummer gas", "0800-9009"), _DANGER),
    "authority.politie": (_DANGER, HelpLine("Politie, geen spoed", "0900-8844")),
    "authority.dieren": (HelpLine("Meldnummer dieren", "144"),),
}

TROUBLES = {
    "fault": Said("Dit lukt nu even niet", "Uw vraag staat er nog. Probeer het zo opnieuw, of bel ons."),
    "slow": Said("Dit duurt te lang", "Uw vraag staat er nog. Probeer het opnieuw, of bel ons."),
    "offline": Said(
        "U hebt geen internet", "Uw vraag staat er nog. Kijk of u verbinding hebt en probeer het opnieuw."
    ),
    "busy": Said(
        "Dat waren veel vragen", "Uw vraag staat er nog. Wacht een tijdje en probeer het opnieuw, of bel ons."
    ),
    "pending": Said("Uw vorige vraag loopt nog", "Wacht op het antwoord. Probeer het dan opnieuw."),
    "starting": Said(
        "De chat start op", "Uw vraag staat er nog. Wacht een paar seconden en probeer het opnieuw."
    ),
    "off": Said("De chat staat nu uit", "Bel ons of kom langs. Een medewerker helpt u graag."),
    "gone": Said(
        "Dit gesprek is er niet meer", "Het is gewist of verlopen. U kunt een nieuw gesprek beginnen."
    ),
    "refused": Said("Dit konden wij niet lezen", "Ga terug naar de chat en stel uw vraag opnieuw."),
    "no_site": Said(
        "De chat is hier niet", "Deze website mag de chat niet laten zien. Bel ons of kom langs."
    ),
}

DUTCH = Words(
    language="nl",
    other_language="en",
    other_language_name="English",
    name="AI-assistent van {municipality}",
    assistant="AI-assistent",
    you="U",
    ai_line="U chat met een AI-assistent, geen medewerker. Controleer het antwoord bij de bron.",
    skip_link="Naar uw vraag",
    person="Bel of kom langs",
    call="Bel {telephone}",
    hours="Bereikbaar: {hours}.",
    contact_link="Mail of andere manieren om ons te bereiken",
    log="Gesprek",
    welcome="Dit is een AI-assistent. Stel hieronder uw vraag. U krijgt zinnen uit onze eigen teksten, met de bron erbij.",
    privacy_heading="Uw privacy",
    privacy_personal="Zet geen persoonsgegevens in uw vraag. Dus geen naam, adres of BSN.",
    privacy_purpose="Wij gebruiken uw vraag om te antwoorden en om onze teksten te verbeteren.",
    privacy_kept="Wij bewaren dit gesprek {days}. Daarna wissen wij het.",
    privacy_not_kept="Wij bewaren dit gesprek niet.",
    privacy_longer="Hebben wij geen goed antwoord? Dan bewaren wij de vraag langer, zonder persoonsgegevens.",
    privacy_yours="Onder ‘Dit gesprek’ kunt u het gesprek opslaan of wissen.",
    privacy_model="Soms helpt een AI-model van {processor} bij het antwoord ({region}). Het leert niet van u.",
    privacy_link="Zo gaan wij om met privacy",
    one_day="1 dag",
    days="{count} dagen",
    examples_heading="Vraag bijvoorbeeld",
    examples=(
        "Wat kost grofvuil laten ophalen?",
        "Hoe laat is de milieustraat open?",
        "Hoe geef ik mijn verhuizing door?",
    ),
    question="Uw vraag",
    question_hint="Geen naam, adres of BSN.",
    send="Vraag het",
    busy="Even geduld, wij zoeken het antwoord.",
    empty="Typ eerst uw vraag.",
    long="Uw vraag is te lang. Maak hem {more} tekens korter.",
    refused="Dit is geen vraag. Typ uw vraag in gewone woorden.",
    menu="Dit gesprek",
    save_page="Sla op om te lezen",
    save_data="Sla op als gegevens (JSON)",
    erase="Wis dit gesprek",
    erase_question="Wilt u dit gesprek wissen?",
    erase_explained="Al uw vragen en antwoorden gaan weg. U kunt dat niet terugdraaien.",
    erase_yes="Ja, wis alles",
    erase_no="Nee, bewaar het",
    erased="Uw gesprek is gewist.",
    new="Nieuw gesprek",
    new_explained="Het oude gesprek kunt u dan niet meer zien of wissen.",
    gone="Uw vorige gesprek is verlopen. Dit is een nieuw gesprek.",
    full="Uw vorige gesprek is vol. Dit is een nieuw gesprek.",
    file_title="Gesprek met de AI-assistent van {municipality}",
    file_made="Opgeslagen op {day}.",
    outcomes=OUTCOMES,
    hints=HINTS,
    lines=LINES,
    danger=(_DANGER,),
    removed="Wij hebben dit uit uw vraag gehaald: {kinds}.",
    removed_kept="Alleen de woorden hierboven zijn bewaard.",
    removed_used="Alleen de woorden hierboven zijn gebruikt. Wij bewaren ze niet.",
    kinds={kind.value: kind.value for kind in PersonalDataKind},
    source="Bron {number}",
    updated="bijgewerkt {day}",
    read_source="Lees de tekst van bron {number}",
    open_page="Open de pagina",
    quoted="Letterlijk uit onze teksten. Niet geschreven met AI.",
    open_heading="Hierop hebben wij nog geen antwoord",
    texts_heading="Teksten die op uw vraag lijken. Dit is geen antwoord.",
    none_meant="Staat het er niet bij? Stel uw vraag dan met andere woorden, of bel ons.",
    read_text="Lees",
    in_language={"nl": "Deze tekst is in het Nederlands.", "en": "Deze tekst is in het Engels."},
    in_other_language="Deze tekst is in een andere taal.",
    degraded="Zoeken gaat nu minder goed dan anders. Daarom ziet u alleen teksten.",
    table="Tabel",
    months=MONTHS,
    tell_answer="{heading}. Bron: {title}.",
    tell_outcome="{heading}. {texts}",
    tell_texts={0: "", 1: "1 tekst om te lezen."}
    | {count: f"{count} teksten om te lezen." for count in (2, 3, 4)},
    helps_question="Helpt dit antwoord?",
    helps="Dit helpt",
    helps_not="Dit helpt niet",
    what="Wat is er mis?",
    faults={
        Fault.INCOMPLETE: "Mijn vraag is niet beantwoord",
        Fault.UNCLEAR: "Ik begrijp het niet",
        Fault.WRONG: "Het klopt niet",
        Fault.OUTDATED: "Het is verouderd",
    },
    what_missing="Kies eerst wat er mis is.",
    remark="Uitleg (mag leeg blijven)",
    remark_hint="Zet hier geen naam, adres of BSN in.",
    send_remark="Stuur",
    thanks="Dank u. Fijn dat het helpt.",
    said_helps="U zei: dit helpt.",
    thanks_not="Dank u. De medewerkers van deze tekst kijken ernaar.",
    address="Krijg het antwoord per mail",
    address_explained="Dit hoeft niet. Wij mailen u als het antwoord er is. Dan wissen wij uw adres.",
    address_label="Uw e-mailadres",
    address_bad="Dit is geen e-mailadres. Schrijf het zoals naam@voorbeeld.nl.",
    address_send="Mail mij het antwoord",
    address_left="Dank u. U krijgt een mail zodra het antwoord er is.",
    retry="Probeer opnieuw",
    back="Terug naar de chat",
    code="Code van deze fout: {code}",
    troubles=TROUBLES,
)

WORDS = {words.language: words for words in (DUTCH, ENGLISH)}
