"""English reporting: who says what."""

from annotations.extraction.languages.base import Reporting, either, folded, pattern, words

PAST = words(
    "said told added announced claimed stated declared insisted denied confirmed warned argued"
    " alleged acknowledged admitted asserted explained noted reported revealed suggested"
    " concluded estimated believed predicted pledged promised vowed testified wrote tweeted"
    " contended maintained conceded disclosed accused condemned criticised"
    " criticized urged indicated stressed emphasised emphasized responded replied recalled"
    " boasted asked complained declined refused described quipped posted agreed calculated"
    " lamented praised hinted cautioned recounted reiterated speculated projected forecast"
    " advised assured clarified commented demonstrated denounced mentioned notified proclaimed"
    " reassured reminded decried highlighted remarked observed reckoned swore blamed disputed"
    " refuted protested ruled understood vowed threatened countered deplored hailed repeated"
    " sighed feared retorted confessed echoed alerted implied attested affirmed surmised exclaimed"
    " shrugged joked fumed"
)
PRESENT = words(
    "says say tells adds insists insist denies deny confirms confirm warns warn argues argue"
    " alleges allege admits admit asserts explains suggests suggest believes believe predicts"
    " predict accuses accuse thinks think writes maintains maintain acknowledges"
    " explain acknowledge assert assures declares declare demonstrates denounces denounce mentions"
    " reckons replies respond responds testifies write"
    " expects expect complains complain condemns condemn disputes dispute recommends recommend"
    " contends urges urge cautions stresses blames blame forecasts swears calculates describes"
    " understands criticises criticizes praises threatens threaten counter counters deplores"
    " deplore hails hail"
    " fear fears repeats retorts reiterates reiterate affirms affirm implies lament laments"
)
AMBIGUOUS = words(
    "claims claim reports report states notes note estimate estimates finds found shows showed show"
    " projects announces announce concludes conclude reveals reveal indicates indicate"
)
SWAPPED = (PAST | PRESENT | AMBIGUOUS) - words(
    "told accused urged described refused declined condemned criticised criticized blamed praised"
    " found shows showed show forecast tells accuses accuse blames blame urges urge disputed ruled"
    " describes understands understood threatened threatens threaten hailed hails hail deplored"
    " deplores confessed counter fear fears feared alerted"
)
ADVERB = (
    r"(?:\s(?:also|later|repeatedly|previously|recently|earlier|already|falsely|reportedly"
    r"|publicly|again|once|then|further|flatly|strongly|categorically|long|since|now|always))?"
)
BEFORE = (
    r"(?:also |later |repeatedly |previously |falsely |recently |publicly |flatly |now |still |then"
    r" "
    r"|strongly |categorically )?"
)
NO_DEED = (
    r"(?!(?<=declared) (?:assets?|war|bankruptcy|victory|independence|income|a state|an emergency|a (?:\w+ )?disaster|a (?:\w+ )?emergency))"
    r"(?!(?<=claimed) (?:responsibility|the life|the lives|\d))(?!(?<=posted) (?:a|an|record"
    r"|losses))"
    r"(?!(?<=reported) (?:a |an )?(?:(?:quarterly|annual|record|net|half-year|full-year"
    r"|operating|pre-tax|strong|weak|higher|lower|first|second|third|fourth)[ -](?:\w+ )?){0,2}(?:loss|profit|revenue|earnings))"
    r"(?!(?<=conceded) (?:\d|in\b|a goal|twice|goals|defeat|a penalty|late|early))"
    r"(?!(?<=agreed) (?:to|on|with|a|an|the|in|not)\b)(?!(?<=agreed) (?:[A-Z]\w+day) )"
    r"(?!(?<=declared) (?:it|him|her|them)\b)(?!(?<=recalled) (?:\w+ ){0,3}?(?:batch|lot|car|vehicle|product|model|unit|toy|ambassador)s?)"
    r"(?!(?<=observed) )(?!(?<=ruled) (?!that|in|against))(?!(?<=expect) to)(?!(?<=expects) to)"
)
THAT = r"(?=\s(?:that|the|a|no|an|there|he|she|they|to (?:be|have))\b|:|,? [“\"]|[.,]?$|,\s|[.,]\s)"
DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
NO_NOUN = (
    r"(?<!\bmost )(?<!\bmember )(?<!\bseveral )(?<!\bswing )(?<!\bother )(?<!\bthese )(?<!\bthose )"
    r"(?<!\btwo )(?<!\bthree )(?<!\bfour )(?<!\bin )(?<!\bof )(?<!\bfalse )(?<!\d )"
)
REJECTED = (
    r"(?:(?:has|have|had)\s)?(?:reject(?:s|ed)|dismiss(?:es|ed))"
    r"(?=\s(?:\w+\s){0,3}?(?:accusations?|claims?|allegations?|criticisms?|suggestions?|notion|idea"
    r"|reports?|rumou?rs?)\b)"
)
REFUSED = (
    r"could not (?:immediately )?be reached|refer(?:red|s) (?:all |further )?questions"
    r"|(?:did|does|has|have|would|could) not (?:immediately |yet |independently )?(?:respond"
    r"|responded"
    r"|reply|replied|return|returned|comment|commented|verify|confirm|answer)"
)
CALLED = (
    r"(?:called|calls|referred to|labelled|labeled|branded|denounced)"
    r"(?=\s(?:[\w’'-]+\s){0,4}?[“\"])"
)
ANY_THAT = (
    r"(?!(?:is|was|has|this|ensures?d?|requires?d?|provided|seems?|seemed|appears?|appeared|emerged"
    r"|turns|turned|happened|supposed|means|given|granted|meets|its|realised|realized|learned|hears"
    r"|hoped|hopes|wished|needed|needs|loved|times|years|days|lives)\b)[a-z]{4,}(?:ed"
    r"|s)(?=\sthat\s)"
)
APPEALED = (
    r"(?:(?:has|have|had)(?: long| repeatedly| also| again)? (?:called|appealed|pressed|pleaded)"
    r"|call(?:s|ed)|appeal(?:s|ed)|plead(?:s|ed))"
    r" (?:on|for)(?= (?!help\b|the police\b|an ambulance\b|\d))"
    r"|(?:called|calls) (?:it|him|her|them|(?:the|his|her|their) \w+) (?=(?:an?|“) ?)"
)
RULED_OUT = r"(?:(?:has|have|had)\s)?(?:ruled|rules|rule) out|puts? (?:the |its )?(?:\w+ ){0,4}?at(?= \W?\d)"
SAID = (
    rf"(?:(?:has|have|had){ADVERB}\s(?:{either(PAST)}){NO_DEED}"
    rf"|{BEFORE}(?:{either(PAST)}|{either(PRESENT)}){NO_DEED}"
    rf"|{NO_NOUN}(?:{either(AMBIGUOUS)}){THAT}|{REJECTED}|{REFUSED}|{CALLED}|{APPEALED}|{RULED_OUT}|points? out|pointed out|put it"
    r"|(?:has|have|had) learn(?:ed|t)(?= (?:that|from)\b)|point(?:s|ed)? to(?=\s[“\"])|sp(?:oke|eaks) of"
    r"|(?:brush|wav)(?:ed|es) (?:aside|off|away)|play(?:ed|s) down|lash(?:ed|es) out|hit (?:back|out)"
    r"|(?:paid|pays|pay) tribute to(?=[^.“\"]{0,40}[“\"])"
    r"|(?:has|have|had) expected(?! to\b)"
    r"|(?:is|are|was|were) (?:now |also |still )?(?:demanding|urging|calling (?:for|on)|accusing|warning"
    r"|threatening to|claiming|insisting|denying|complaining)"
    rf"|{ANY_THAT})(?!\w)"
)
QUOTED = r"(?:was|were|is) (?:also )?quoted (?:by [^,.]{2,40} )?as saying"
NOT_PASSIVE = r"(?!\s(?:by|off|out of|up|into)\b)"

REPORTING = Reporting(
    verb=folded(rf"(?<![\w’'-])(?:{SAID}{NOT_PASSIVE}|{QUOTED})"),
    passive=pattern(
        r"\b(?:was|were|been|is|are|be|being|to|a|an|of|my|your|its|his|their|our)"
        r"\s(?:\w{2,12}ly\s)?$|\bthe\s$"
    ),
    not_speakers=words(
        "there this that these those according what nothing everything i we you who"
    ),
    addressing=pattern(r"(?!)"),
    after_quote=pattern(
        rf"(?<![\w-])(?:{either(SWAPPED)})(?:\s(?:on|late|early)?\s?{DAY})?(?=\s\S)"
    ),
    after_close=pattern(
        r"(?<=[,?!—][”\"])\s(?!(?:told|accused|urged)\b)[a-z]{3,}(?:ed|s)\s"
        r"(?=(?:the|a|an|one|his|her|their|its)\s|(?-i:[A-ZÀ-Þ]))"
    ),
    subject_after_close=pattern(
        r"(?<=[,?!—][”\"])\s(?:[^\s,;:“”\"]+\s){1,7}?(?P<verb>(?:\w+ly\s)?(?:(?-i:[a-z]{3,}(?:ed|es))"
        rf"|{either(PAST | PRESENT)}))(?=[\s.,;:])"
    ),
    end_verb=pattern(
        rf"(?<=\s)(?:{either(PAST | PRESENT | AMBIGUOUS)})"
        rf"(?=(?:\s(?:on\s|late\s|early\s)*(?:{DAY}|yesterday|today|earlier|in a statement"
        r"|at a news conference|at a press conference|last \w+|this \w+)[^.]{0,20})?\s?[.,]|$)"
    ),
    finite=folded(
        r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did"
        r"|\w{3,}ed)\b"
    ),
    according=pattern(
        r"\b(?:according to(?! our\b)|(?:(?<=^)|(?<=, ))per(?= (?:the|a) )|in the words of|in the view of"
        r"|citing|(?:as )?(?:reported|stated|claimed"
        r"|announced|confirmed|described|told|alleged) by)\s"
    ),
    citing=folded(
        r"\b(?:citing|wh(?:o|ich) cite[sd]|quoted by|cited by|as reported by|relayed by|carried by|told)\s"
        r"(?!(?:the|a|an)?\s?(?:jury|court|strikers|crowd|reporters|lawmakers|judge|parliament"
        r"|police|audience|them|him|her|us|journalists)\b)"
    ),
    inverted=pattern(r"(?!)"),
    pronoun_inverted=pattern(r"(?!)"),
    pronouns=words("he she they it him her them"),
    anyone=words(""),
    nominative=words("he she they"),
    persons=words("he she him her"),
    things=words("it"),
    determiners=pattern(
        r"(?:the |a |an |his |her |its |their |this |that |these |those |our |my |one |mr\.? "
        r"|mrs\.? "
        r"|ms\.? |dr\.? )"
    ),
    definite=pattern(r"the (?=[a-z])"),
    inner=pattern(r"\s(?:the|a|an|its|his|her|their|our|my)(?:\s\w|\s?$)"),
    plural_only=pattern(r"(?:claim|estimate|note|project|report|state|show|find)$"),
    adding=pattern(
        r",\s(?:alleging|arguing|asserting|claiming|explaining|insisting|maintaining|noting"
        r"|promising|saying|stressing|warning|ruling(?= that))\s"
    ),
    phrase_ends=words(
        "in on at to for from by with who which that when while after before during as published"
        " released issued seen obtained and-or is are was were has have had but because if about"
        " since whose where late early last this next yesterday today monday tuesday wednesday"
        " thursday friday saturday sunday said told says he she it they conducted carried shared"
        " compiled cited quoted adding the a an against citing outside inside under near across"
        " over"
        " shortly just hours minutes days moments weeks months seconds soon afterwards again almost"
        " only through then also once via around between immediately afterward two three four five"
        " six ten several later more less within beyond amid among ahead despite during even still"
        " too instead meanwhile now often always perhaps quietly yet so until upon towards toward"
        " no not never long barely nearly earlier rather simply there here back"
    ),
    aside=pattern(
        r"\s(?!(?:family|assembly|supply|ally|july|italy|monopoly|rally|weekly|daily|monthly)\b)"
        r"(?-i:[a-z])[a-z]{3,}ly\b"
    ),
    linking=pattern(r"\s(?:of|and|&)\b|\s(?-i:[a-z])[\w’'-]*s\b"),
    agents=words("by"),
    clause_starts=pattern(
        r"\b(?:that|where|when|but|because|if|as|while|although|whether|who|which|how|what|why)\s"
        r"|[:;–—]\s"
    ),
    relatives=words("who which that whose where when whom"),
    documents=words(
        "report study survey poll memo note statement document analysis article book review paper"
        " census toll"
    ),
    people=words(
        "president chair chairperson deputy vice minister spokesman spokeswoman spokesperson"
        " senator governor mayor"
        " secretary"
        " director chief chairman chairwoman judge lawyer attorney general colonel candidate coach"
        " professor dr mr mrs ms sen rep gov economist analyst officer commissioner ambassador"
        " chancellor congressman congresswoman captain founder leader premier king queen prince"
        " pope official expert researcher sir detective sheriff prime foreign defence defense"
        " interior finance justice health education treasury former acting police fire state"
        " regional county city district superintendent engineer historian scientist journalist"
        " activist lawmaker councillor councilor manager executive doctor nurse farmer resident"
        " lieutenant admiral sergeant trainer author campaigner army navy spokesperson prosecutor"
        " neighbour neighbor barrister solicitor striker midfielder goalkeeper winger defender boss"
        " owner witness victim survivor driver student teacher volunteer organiser organizer fan"
        " shopkeeper landlord tenant singer actor actress curator chef developer investor trader"
        " broker strategist physicist biologist virologist epidemiologist climatologist"
        " meteorologist forecaster geologist astronomer psychologist surgeon consultant peer mp"
        " mep backbencher whip aide adviser advisor colleague mother father brother sister uncle"
        " aunt widow passenger fisherman firefighter"
    ),
    feminine=words(
        "she her spokeswoman chairwoman congresswoman mrs ms queen princess actress duchess"
        " policewoman businesswoman"
    ),
    masculine=words(
        "he him spokesman chairman congressman mr king prince pope sir actor duke policeman"
        " businessman"
    ),
    plural=words("they them these those both several many"),
    media=words(
        "network agency newspaper daily paper magazine broadcaster website outlet station channel"
        " reuters tass cnn bbc ap afp bloomberg espn axios politico times guardian telegraph"
        " journal post tv television radio news press fox nbc cbs abc npr interfax xinhua spiegel"
        " bild"
    ),
    bodies=words(
        "company group firm organisation organization corporation carmaker manufacturer nonprofit"
        " agency institute charity"
    ),
    offices=words(
        "ministry government police court department office army military parliament senate"
        " congress commission union party council kremlin pentagon house authority"
    ),
    of=pattern(r"\s(?:of the |of |from the |from |by the |by )"),
)
