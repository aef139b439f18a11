"""The same sentences in English, for who reads no Dutch: as short and as plain."""

from __future__ import annotations

from service.answering.redaction import PersonalDataKind
from service.domain.answer import Status
from service.domain.gap import Fault
from service.web.widget.words import HelpLine, Said, Words

OUTCOMES = {
    Status.ANSWERED: Said("This is what our texts say", "Read the source if you want to be sure."),
    Status.ANSWERED_PARTLY: Said(
        "This is part of the answer", "Ask what is still open as a new question. Or call us about it."
    ),
    Status.CLARIFY_PRODUCT: Said(
        "What do you mean?", "Your question can be about several things. Choose what you mean and read it."
    ),
    Status.NO_SOURCE: Said(
        "I cannot find this in our texts", "A member of staff may be able to help. Call us or visit us."
    ),
    Status.LOW_CONFIDENCE: Said(
        "I am not sure about this", "Read the texts below. Or ask a member of staff."
    ),
    Status.PERSONAL_CASE: Said(
        "This is about your own case", "I cannot see your details. A member of staff can. Please call us."
    ),
    Status.OTHER_AUTHORITY: Said(
        "This is not up to the municipality", "Ask the organisation that deals with this."
    ),
    Status.OUT_OF_SCOPE: Said(
        "This is not a question for the municipality",
        "Ask about the municipality: a passport, or your waste.",
    ),
    Status.ABUSE: Said(
        "I do not answer this text", "Do you have a question for the municipality? Ask it in plain words."
    ),
    Status.CRISIS: Said("Talk to somebody now", "You do not have to do this alone. In danger now? Call 112."),
    Status.ERROR_RETRIEVAL: Said(
        "Searching does not work right now", "Your question is still there. Try again soon, or call us."
    ),
}

AUTHORITIES = {
    "belastingdienst": "the tax office (Belastingdienst)",
    "buitenland": "the Ministry of Foreign Affairs",
    "cak": "the CAK",
    "cbr": "the driving tests office (CBR)",
    "cjib": "the fines office (CJIB)",
    "consuwijzer": "ACM ConsuWijzer",
    "digid": "the DigiD helpdesk",
    "duo": "the student finance office (DUO)",
    "energie": "your energy company or grid operator",
    "fraudehelpdesk": "the fraud helpdesk (Fraudehelpdesk)",
    "ggd": "the public health service (GGD)",
    "huisarts": "your own doctor or pharmacy",
    "huurcommissie": "the rent tribunal (Huurcommissie)",
    "ind": "the immigration service (IND)",
    "juridisch_loket": "the legal aid desk (Juridisch Loket)",
    "kadaster": "the land registry (Kadaster)",
    "kvk": "the Chamber of Commerce (KVK)",
    "notaris": "a notary",
    "nvwa": "the food and product safety authority (NVWA)",
    "openbaar_vervoer": "the bus, tram or train company",
    "postnl": "PostNL, or the other company that delivers",
    "provincie": "the province",
    "rdw": "the vehicle authority (RDW)",
    "rechtbank": "the court",
    "rijkswaterstaat": "Rijkswaterstaat",
    "svb": "the social insurance bank (SVB)",
    "toeslagen": "the allowances office (Dienst Toeslagen)",
    "uwv": "the employee insurance agency (UWV)",
    "water": "your drinking water company",
    "waterschap": "the water authority (waterschap)",
    "woningcorporatie": "your own landlord",
    "zorgverzekeraar": "your own health insurer",
}

HINTS = {f"authority.{key}": Said("", f"You can ask {name}.") for key, name in AUTHORITIES.items()} | {
    "authority.politie": Said("", "You can ask the police. In danger now? Call 112."),
    "authority.dieren": Said("", "Is an animal in distress? Call the number for animals."),
    "crisis.112": Said("Call 112 now", "Is there danger? Do not wait and call at once."),
    "crisis.113": Said(
        "Talk to somebody now",
        "Are you thinking of suicide? Call 113. It is free, day and night, without your name.",
    ),
    "crisis.veilig_thuis": Said(
        "Talk to somebody now", "Is your home not safe? Call Veilig Thuis. It is free, day and night."
    ),
    "crisis.kindertelefoon": Said(
        "Talk to somebody now",
        "Are you a child? Call the Kindertelefoon. It is free. In danger now? Call 112.",
    ),
    "crisis.seksueel_geweld": Said(
        "Talk to somebody now",
        "Call the Centre for Sexual Violence. It is free, day and night. In danger now? Call 112.",
    ),
    "crisis.gas": Said(
        "Go outside now",
        "Make no fire and switch nothing on. Go outside and call there. In danger? Call 112.",
    ),
    "abuse.threat": Said(
        "", "Threats are a crime. Do you have a complaint? Call us. Somebody will listen to you."
    ),
    "scope.gibberish": Said("I do not understand this", "Please ask your question again, in plain words."),
    "scope.injection": Said(
        "This is not a question", "Type only what you want to know from the municipality."
    ),
    "scope.smalltalk": Said("How can I help you?", "Type below what you want to know from the municipality."),
}

_DANGER = HelpLine("Emergency number, in danger", "112")
LINES = {
    "crisis.112": (HelpLine("Emergency number", "112"),),
    "crisis.113": (HelpLine("113 Suicide Prevention", "113"), HelpLine("Also free", "0800-0113"), _DANGER),
    "crisis.veilig_thuis": (HelpLine("Veilig Thuis (safe at home)", "0800-2000"), _DANGER),
    "crisis.kindertelefoon": (HelpLine("Kindertelefoon (children)", "0800-0432"), _DANGER),
    "crisis.seksueel_geweld": (HelpLine("Centre for Sexual Violence", "0800-0188"), _DANGER),
    "crisis.gas": (HelpLine("Gas emergencies", "0800-9009"), _DANGER),
    "authority.politie": (_DANGER, HelpLine("Police, not urgent", "0900-8844")),
    "authority.dieren": (HelpLine("Animals in distress", "144"),),
}

TROUBLES = {
    "fault": Said(
        "This does not work right now", "Your question is still there. Try again soon, or call us."
    ),
    "slow": Said("This takes too long", "Your question is still there. Try again, or call us."),
    "offline": Said(
        "You have no internet", "Your question is still there. Check your connection and try again."
    ),
    "busy": Said(
        "Those were many questions", "Your question is still there. Wait a while and try again, or call us."
    ),
    "pending": Said("Your last question is still open", "Wait for the answer. Then try again."),
    "starting": Said(
        "The chat is starting", "Your question is still there. Wait a few seconds and try again."
    ),
    "off": Said("The chat is switched off", "Call us or visit us. A member of staff is happy to help."),
    "gone": Said("This conversation is gone", "It was erased, or it is too old. You can start a new one."),
    "refused": Said("We could not read this", "Go back to the chat and ask your question again."),
    "no_site": Said("The chat is not here", "This website may not show the chat. Call us or visit us."),
}

KINDS = {
    PersonalDataKind.BSN: "citizen service number (BSN)",
    PersonalDataKind.IBAN: "bank account",
    PersonalDataKind.PHONE: "telephone number",
    PersonalDataKind.EMAIL: "e-mail address",
    PersonalDataKind.POSTCODE: "postcode and house number",
    PersonalDataKind.ADDRESS: "address",
    PersonalDataKind.BIRTH_DATE: "date of birth",
    PersonalDataKind.LICENCE_PLATE: "licence plate",
    PersonalDataKind.CASE_NUMBER: "case number",
    PersonalDataKind.PAYMENT_CARD: "payment card",
    PersonalDataKind.LOGIN_CODE: "login code",
    PersonalDataKind.NAME: "name",
}

ENGLISH = Words(
    language="en",
    other_language="nl",
    other_language_name="Nederlands",
    name="AI assistant of {municipality}",
    assistant="AI assistant",
    you="You",
    ai_line="You are chatting with an AI assistant, not a member of staff. Check the answer at its source.",
    skip_link="To your question",
    person="Call or visit us",
    call="Call {telephone}",
    hours="Reachable: {hours}.",
    contact_link="E-mail or other ways to reach us",
    log="Conversation",
    welcome="This is an AI assistant. Ask your question below. You get sentences from our own texts, with the source.",
    privacy_heading="Your privacy",
    privacy_personal="Do not put personal data in your question. So no name, address or BSN.",
    privacy_purpose="We use your question to answer it and to improve our texts.",
    privacy_kept="We keep this conversation for {days}. Then we erase it.",
    privacy_not_kept="We do not keep this conversation.",
    privacy_longer="No good answer? Then we keep the question longer, without personal data.",
    privacy_yours="Under ‘This conversation’ you can save or erase it.",
    privacy_model="Sometimes an AI model of {processor} helps with the answer ({region}). It does not learn from you.",
    privacy_link="How we handle your privacy",
    one_day="1 day",
    days="{count} days",
    examples_heading="For example",
    examples=("What does a new passport cost?", "Where can I take bulky waste?", "How do I report that I move?"),
    question="Your question",
    question_hint="No name, address or BSN.",
    send="Ask",
    busy="One moment, we are looking for the answer.",
    empty="Type your question first.",
    long="Your question is too long. Make it {more} characters shorter.",
    refused="This is not a question. Type your question in plain words.",
    menu="This conversation",
    save_page="Save it to read",
    save_data="Save it as data (JSON)",
    erase="Erase this conversation",
    erase_question="Do you want to erase this conversation?",
    erase_explained="All your questions and answers go away. You cannot undo this.",
    erase_yes="Yes, erase all of it",
    erase_no="No, keep it",
    erased="Your conversation is erased.",
    new="New conversation",
    new_explained="You can then no longer see or erase the old conversation.",
    gone="Your last conversation has expired. This is a new one.",
    full="Your last conversation is full. This is a new one.",
    file_title="Conversation with the AI assistant of {municipality}",
    file_made="Saved on {day}.",
    outcomes=OUTCOMES,
    hints=HINTS,
    lines=LINES,
    danger=(_DANGER,),
    removed="We took this out of your question: {kinds}.",
    removed_kept="Only the words above are kept.",
    removed_used="Only the words above are used. We do not keep them.",
    kinds={kind.value: name for kind, name in KINDS.items()},
    source="Source {number}",
    updated="updated {day}",
    read_source="Read the text of source {number}",
    open_page="Open the page",
    quoted="Word for word from our texts. Not written with AI.",
    open_heading="We have no answer to this yet",
    texts_heading="Texts that are close to your question. This is not an answer.",
    none_meant="Not what you meant? Ask your question in other words, or call us.",
    read_text="Read",
    in_language={"nl": "This text is in Dutch.", "en": "This text is in English."},
    in_other_language="This text is in another language.",
    degraded="Searching works less well than usual. So you only see texts.",
    table="Table",
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    tell_answer="{heading}. Source: {title}.",
    tell_outcome="{heading}. {texts}",
    tell_texts={0: "", 1: "1 text to read."} | {count: f"{count} texts to read." for count in (2, 3, 4)},
    helps_question="Does this answer help?",
    helps="This helps",
    helps_not="This does not help",
    what="What is wrong?",
    faults={
        Fault.INCOMPLETE: "My question is not answered",
        Fault.UNCLEAR: "I do not understand it",
        Fault.WRONG: "It is not right",
        Fault.OUTDATED: "It is out of date",
    },
    what_missing="First choose what is wrong.",
    remark="Explanation (may stay empty)",
    remark_hint="Do not put a name, address or BSN here.",
    send_remark="Send",
    thanks="Thank you. Good that it helps.",
    said_helps="You said: this helps.",
    thanks_not="Thank you. The people who keep this text will look at it.",
    address="Get the answer by e-mail",
    address_explained="You do not have to. We mail you when the answer is there. Then we erase your address.",
    address_label="Your e-mail address",
    address_bad="This is not an e-mail address. Write it like name@example.com.",
    address_send="Mail me the answer",
    address_left="Thank you. You get an e-mail as soon as the answer is there.",
    retry="Try again",
    back="Back to the chat",
    code="Code of this error: {code}",
    troubles=TROUBLES,
)  # fmt: skip
