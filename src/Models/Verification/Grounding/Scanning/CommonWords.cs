using System.Text;

namespace Aios.Models.Verification.Grounding.Scanning;

/// <summary>
/// Common English words: one of them with a capital at the start of a sentence is no name. From SCOWL (sizes 10 to 35, the more
/// frequent), without what mainly is a name or a direction.
/// </summary>
/// <remarks>
/// SCOWL: Copyright 2000-2016 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the
/// associated scripts, the output created from the scripts, and its documentation for any purpose is hereby granted without fee,
/// provided that the above copyright notice appears in all copies and that both that copyright notice and this permission notice
/// appear in supporting documentation. Kevin Atkinson makes no representations about the suitability of this array for any
/// purpose. It is provided "as is" without express or implied warranty.
/// </remarks>
internal static class CommonWords
{
    private static readonly Lazy<HashSet<string>> Known = new(() =>
        new(
            Encoding.UTF8.GetString(Words).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
            StringComparer.OrdinalIgnoreCase
        )
    );

    private static readonly string[] Endings =
    [
        "tion",
        "sion",
        "ment",
        "ness",
        "ity",
        "able",
        "ible",
        "ate",
        "ize",
        "ise",
        "ify",
        "ive",
        "ous",
        "ical",
        "less",
        "ful",
        "ship",
        "ism",
    ];

    private static readonly string[] Seconds =
        "over out off down up back away in on time load flow line point holder around side board list log book sheet work through".Split(
            ' '
        );

    private static ReadOnlySpan<byte> Words =>
        """
        abandon abide able abnormal aboard aboriginal abort about above abroad absence absent absolute absorb abstract absurd abuse abusive
        academic academy accelerate accent accept acceptance access accessory accident accidental accommodate accompany accomplish accord
        accordance account accountant accredited accuracy accurate accuse accustomed ace achieve acid acknowledge acne acoustic
        acquaintance acquire acre acrobat across acrylic act action activate active activists actor actress actual acute ad adapt adapter
        adaptive add addict addictive additional address adequate adjacent adjust administer administrative administrator admiral admire
        admit adobe adolescent adopt adult advance advantage adventure adventurous adverse advert advertise advertiser advice advise
        adviser advisory advocate aerial aerospace affair affect affiliate afford afraid after afternoon afterward again against age agency
        agenda agent aggregate aggressive ago agony agree agricultural agriculture ah ahead aid aim air aircraft airline airplane airport
        alarm alas album alcohol alcoholic alert algebra algorithm alias alibi alien align alike alive all allegations alleged allergic
        allergy alley alliance allocated allow allowance alloy ally almighty almost alone along alongside aloud alphabet alphabetical
        already also alter alterations alternate alternative although alto altogether aluminum always am amateur amaze ambassador ambient
        ambiguous ambitious ambulance amen amend amenities among amongst amount amp ample amplifier amuse an anal analog analogue analogy
        analyses analysis analyst analytical analytics analyze anarchy anatomy ancestor anchor ancient and anecdote angel anger angle angry
        anguish animal animated ankle annex anniversary annotated announce announcer annoy annual anomaly anonymous another answer ant
        antenna anthropology antibody anticipate antidote antique antisocial anxiety anxious any anybody anyhow anyone anyplace anything
        anyway anywhere apart ape api apologise apologize apology app appalled appalling apparatus apparel apparent appeal appear
        appearance appendix appetite applause apple appliance applicant appoint appraisal appreciate approach appropriate appropriations
        approval approve approximate apt aquarium aquatic arbitrary arbor arc arcade arch architect architectural architecture archive are
        area arena argue arise arithmetic arm armor army arose around arrange array arrest arrival arrive arrogance arrogant arrow art
        arthritis article artificial artist artistic artwork as asbestos ascend ash ashamed aside ask asleep aspect ass assault assemble
        assembler assembly assert assess asset assign assist assistance assistant associate assorted assume assurance assure asthma
        astrology astronomy asylum at ate atheist athletes athletic atlas atmosphere atmospheric atom atomic atrocities attach attack
        attain attempt attend attendance attendant attitude attorney attract attractive attribute auburn audience audio audit auditor
        august aunt authentic author authorize auto autobiography autograph automated automatic automatically automobile automotive autopsy
        autumn avenue average avoid await awake award aware away awesome awful awhile awkward ax axis aye babe baby bachelor back backbone
        background backlog backward bacon bacteria bacterial bad badge baffled bag baggage bail bait bake baker balance bald ball ballet
        balloon ballot ban banana band bandwidth bang bank bankrupt bankruptcy banner bar barbecue bare bargain bark barn baron barrel
        barrier barrister bartender base baseball baseline bash basic basically basin basis basket basketball bass bastard bat batch bath
        bathroom battery battle battlefield bay be beach beads beam bean bear beard beast beat beaten beautiful beauty beaver became
        because become bedroom bee beef been beer before beforehand beg began begin beginner begun behalf behave behavior behavioral
        behaviour behind belief believe believer bell belly belong beloved below belt bench benchmark bend beneath beneficial benefit bent
        berry beside best bet betray better between beverage beware beyond bias bible biblical bibliographic bibliography bicycle bid big
        bigger biggest bike bikini bill billion bin binary bind bingo biography biological biologist biology bird birth birthday biscuit
        bishop bit bitch bite bitten bitter biweekly bizarre black blackberry blackboard blackjack blackmail blade blame blank blanket
        blast blatant bleed blend bless blew blind blink bliss blob block blocker blog blogger blond blonde blood bloody bloom blow blown
        blue board boat body bog bogus boil bold bolt bomb bond bondage bone bonus boo book bookmark bookshop bookstore boom boost boot
        booth booty booze border borderline bore boredom born borne borough borrow boss both bother bottle bottom bought boulder boulevard
        bounce bound boundary bouquet bout boutique bow bowl box boy boyfriend bra bracelet bracket brain brake branch brand brandy brass
        brave bravo breach bread break breakdown breakfast breast breath breathe bred breed breeze brethren brick bridal bride bridge brief
        briefcase brigade bright brighter brightest brilliant bring broad broadcast broader brochure broke broken broker bronze brook
        brother brought brown browse brunette brush brutal bubble buck bucket bud buddy budget buffalo buffer bug bugger build builder
        built bulb bulk bull bullet bulletin bum bump bumper bunch bundle bunny burden bureau burger burn burner burnt burst bury bus bush
        businessman bust busy but butcher butler butt butter butterfly button buy buyer buzz by bye bypass byte cab cabbage cabin cabinet
        cable cache cad caffeine cage cake calcium calculate calculator calculus calendar call caller calm cam came camel camera camp
        campaign campus can canal cancel cancer candidate candle candy cane cannon cannot canon cant canvas canyon cap cape capital
        capitalism capitalist captain capture car carbon card cardboard cardiac care career careful careless cargo carnival carpet carriage
        carrier carrot carry cart cartoon cartridge case cash cashiers casino cassette cast castle casual cat catalog catalogue
        catastrophic catch category cater cathedral catholic cattle caught cause cave cease cedar ceiling celebrate cell cellar cellular
        cement cemetery censor censorship census cent center centre century ceramic ceremony certain certainty certificate certified chain
        chair chairman chalk challenge chamber champ champagne champion championship chance chancellor change channel chaos chaotic chap
        chapel chapter char character characteristic characterized charge charger charm chart charter chase chassis chat cheap cheaper
        cheapest cheat check checker checkout cheek cheer cheerful cheese chef chemical chemist chemistry cheque cherry chess chest
        chestnut chew chi chick chicken chief child childhood childish children chill chin chip chocolate choice choir cholesterol choose
        chop chopper chord chorus chose chosen chrome chronic chronicle chubby chuck chuckles chunk church cider cigar cigarette cinema
        circle circuit circuitry circular circulate circumstance circus cite citizen citizenship city civic civil civilian civilized claim
        clan clarify clash class classic classical classified classroom clause clay clean cleaner clear clearance clearer clearest clerk
        clever click client cliff climate climb clinic clinical clip clock clog clone close closer closest closet closure cloth clothe
        cloud cloudy clown club clue clumsy cluster coach coal coarse coast coastal coat cobbler cocaine cock cocktail cod code coffee
        coffin cognitive coherent coin coincidence coke cold collaborative collapse collar colleague collect collective collector college
        colon colonel colonial colony color colour column coma combat combine come comedy comfort comfortably comic comma command commander
        commence commentary commentator commerce commercial commissioner commit committee committer common commonwealth communicate
        communism communist compact companion company comparative compare comparison compel compensate compete competence competent
        competitive competitor compile compiler complain complaint complete complex compliance compliant complicate complimentary comply
        component compose composer composite compound comprehend comprehensive compressed compromise compulsory computational compute
        computer comrade con conceal concede conceive concentrate concept conceptual concern concert concerto conclude concord concrete
        concur condemn conditional condom condone conduct conductor conference confess confidence confident confidential configure confine
        confirm conflict conform confront confuse congratulate congratulations congress conjecture connect connector conscience conscious
        consecutive consensus consent consequence consequently conservative consider considerably considerate consist consistency
        consistent console consolidated consortium conspicuous conspiracy constant constitute constitutional constraint construct
        constructive consult consultancy consultant consume consumer contact contain container contemplate contemporary contempt contend
        content contest context continent continental continually continue continuous continuum contract contractor contradict contrary
        contrast contribute contributor control controller controversial controversy convenience convenient conventional convergence
        converse convert converter convey convict convince cook cookbook cookie cool cooler coop cooper cooperate cooperative coordinate
        coordinator cop cope copper copy copyright coral cord cordless core cork corn corner coroner corporal corporate corps corpse corpus
        correct correspond correspondence correspondent corridor corrupt cosmetic cosmic cost costume cottage cotton couch cough could
        council counsel counselor count counter countless country countryside county couple coupon courage courier course court courtesy
        courtroom cousin cove cover coverage cow coward cowboy cox cozy crack cradle craft cramp crane crap crash crawl crazy cream create
        creative creator creature credit creed creek creep creepy crest crew cricket crime criminal crisis crisp criteria criterion critic
        critical criticism criticize crop cross crossroads crossword crowd crown crucial crude cruel cruelty cruise crunch crush cry
        cryptic cs cube cubic cuckoo cuddly cue cuisine culprit cult cultural culture cumming cums cumulative cunning cup cupboard cure
        curious currency current curriculum curry curse cursor curtain curve custard custody custom customary customer customize cut cute
        cycle cylinder cynic cynical dad daddy daft dairy dam damage dame damn damp dance dancer danger dangerous dare dark darling darn
        dash dashboard data database dataset date datum daughter dawn day daylight daytime dead deadline deaf deal dealer dealt dear death
        debate debt debug debut decade decay decent decide decimal deck declare decline decode decorating decorative decrease dedicate
        deduce deed deem deep deeper deepest deer default defeat defect defective defence defend defendant defense defensive deferred
        deficiency deficit define definite definitive defy degenerate degraded degrading degree delay delete deletions deliberate delicate
        delicious delight delightful deliver delivery deluxe demand demented demise democracy democrat democratic demolished demon
        demonstrate den denial dense dental dentist deny departmental departure depend dependence dependent deposit depot depressed
        depressing deprive depth deputy deranged derive descend describe desert deserve design designated designer desire desk desktop
        despair desperate despise despite dessert destined destiny destroy destructive detached detail detect detective detector determine
        devastated devastating develop developer deviant device devil devious devised devote diabetes diagnosis diagnostic diagram dial
        dialect dialog dialogue diameter diamond diary dice dictate dictator dictatorship dictionary did die diesel diet dietary differ
        difference different differential difficult difficulty dig digest digit digital dilemma dim dime dimensional dine diner dinner dip
        diploma diplomatic dire direct directive director directory dirt dirty disadvantage disagree disappear disappoint disaster
        disastrous disc discard discharge disciplinary discipline disclaimer disclose disclosure disco disconnect discount discourage
        discover discovery discrepancy discrete discriminate discuss disease disgrace disguise disgust dish dishonest disk dislike dismal
        dismiss disorder dispatch display disposal dispose dispute disregard disrupt distance distant distasteful distinct distinctive
        distinguish distorted distract distress distribute distributor district disturb disturbance ditch ditto dive diverse divert divide
        dividend divine divorce dizzy do dock doctor doctrine documentary dodge doe dog dole doll dollar domain dome domestic dominant
        dominate don donate done donor doom door dope dose dot double doubt doubtful dough down downhill downright downstairs downtime
        downtown downturn downward dozen draft drag dragon drain drainage drama dramatic dramatically drank drastic draw drawer drawn dread
        dreadful dream dreary dress drift drill drink drip drive driven driver drop drove drown drug drum drunk drunken dry dryer dual
        dubious duck dude due duff dug dull dumb dummy dump dumpster duo duplicate during dust dusty duty dying dynamic dynamite each eager
        eagle ear earlier earliest earn earrings earth earthquake ease easier easiest easy eat eaten eater ebony eccentric echo eclipse
        ecological ecology economic economy edge edit editor editorial educate educational educators effect effective efficiency efficient
        effort egg ego eh eight eighteen eighth either elaborate elder elect electoral electric electrical electron electronic elegant
        elementary elephant elevator eleven eliminate elite else elsewhere em email embarrass embassy embedded emerald emerge emergency
        eminent emotional emperor emphasis emphasize empire empirical employ employee employer empty enable enclosed enclosure encoded
        encoding encounter encourage encyclopedia end endangered endeavor endless endorsed enemy energy enforce engage engine engineer
        enhance enjoy enlarge enlighten enormous enough enrolled ensemble ensure enter enterprise entertain enthusiasm enthusiastic entire
        entitle entity entrance entry envelope environmental envy enzyme epic episode equal equilibrium equipped equity equivalent era
        erase eraser ergo erotic err error escape escort especially essay essence essential establish estate estimate eternal ethic ethical
        ethnic evaluate even event eventually ever every everybody everyday everyone everything everywhere evidence evident evil
        evolutionary evolve exact exaggerate exam examine examiner example exceed exceedingly excel excellence excellent except exceptional
        excerpt excess excessive exchange excite exclude exclusive excuse execute executive exempt exercise exhaust exhibit exist existence
        exit exotic expand expect expenditure expense expensive experience experimental expert expertise expire explain explicit explode
        exploit explore explorer explosive export expose exposure express expressway extend extensive extent exterior external extra
        extract extraordinary extreme eye eyesight fabric fabulous face facial facilitate fact factor factory faculty fail failover failure
        faint faintest fair fairest fairy faith faithful fake fall fallen false fame familiar family famine famous fan fancy fantastic
        fantasy far farce fare farewell farm farmer farther farthest fascinated fascinating fascist fashion fast faster fastest fat fatal
        fate father fatty faucet fault faulty favor favorite favour favourite fear feat feature fed federal fee feeble feedback feel feet
        fell fellow fellowship felt female feminist fence fender ferry festival fetch fetish fever few fewer fewest fiber fictional fiddle
        field fierce fifteen fifth fifty fig fight fighter figure file fill film filter filthy fin final finance financial find fine finer
        finest finger fingerprints finish finite fire fireplace fireworks firm firmware first fiscal fish fisher fisheries fist fit five
        fix fixtures flag flame flash flat flavor flavour flaw fleece fleet flesh flew flex flight flip float flood floor floppy floral
        florist flour flow flower flown flu fluent fluffy fluid flush flute flux fly foam focal focus fog fold folder folk follow followers
        followup fond font food fool foolish foot footage football footwear for forbid forbidden force ford forecast foreign foreigner
        forest forestry forever forgave forge forget forgive forgiven forgot forgotten fork form formal format former formula fort forth
        forthcoming fortnight fortunate fortune forty forum forward fossil foster fought foul found founder fountain four fourteen fourth
        fox fragile fragrance frame framework franchise frankly frantic fraud freak free freedom freelance freeway freeze freight french
        frequency frequent fresh friend friendship frighten fringe frivolous frog from front frontier frost frown froze frozen fruit
        frustrated frustrating fry fudge fuel fulfill full fuller fullest fully fumes fun functional fund fundamental funeral funnier
        funniest funny fur furnished furnishings furniture furry further furthermore furthest fuse fusion fuss fussy futile future fuzzy
        fyi gadgets gain gal galactic galaxy gale gallery gamble game gang gap garage garbage garbled garden garlic gas gasoline gasp gate
        gateway gather gauge gave gay gazette gear gee gel gem gender gene genealogy general generate generator generic generous genesis
        genetic genetically genius genocide genre gentle gentleman gentlemen gently genuine geographic geographical geography geological
        geology geometry gesture get ghastly ghost giant gibberish gift gig gimme gin girl girlfriend give given glad glance glass glen
        global globe glorious glory glossary glove glow glucose glue gnome gnu go goal goat gob god goddess gold golden goldfish golf gone
        gonna good goodbye goodnight goody goose gore gorgeous gosh gospel gossip got gotten gourmet govern governmental governor gown grab
        grade gradually graduate graffiti grain grammar grams grand grandfather grandmother grandson granny grant graph graphic graphical
        grasp grass grateful grave gravitational gray greasy great greater greatest greed greedy green greenhouse greeting grew grey grid
        grief grill grim grind grip groan grocery groove gross ground group grove grow grown growth guarantee guard guardian guess guest
        guidance guide guidelines guild guilt guilty guinea guitar gulf gum gun gunshot guru gut gutter guy gym ha habit habitat hack
        hacker had hail hair haircut hairy half halfway hall hallelujah hallway halo halt halves ham hammer hand handbags handbook handful
        handicap handle handler handmade handsome handy hang hangover happen happier happiest happy harbor hard hardened harder hardest
        hardship hardware hardwood hardy harm harmful harmless harmony harsh hart harvest hash hassle hasty hat hatch hate hatred have
        haven havoc hawk hay hazard hazardous hazy he head headache headcount header headline headphones headquarters heal health
        healthcare healthy heap hear heard heart heat heater heath heaven heavier heavy heel height held helicopter hell hello helmet help
        helpful helpless hence henceforth hepatitis her herald herb herd here hereby herein heresy heritage hero heroic heroin herself
        hesitate heterosexual hey hi hid hidden hide hideous hierarchy high higher highest highland highlight highway hiking hilarious hill
        him himself hindsight hint hip hire historian historic historical history hit ho hobby hockey hog hold holder hole holiday hollow
        holocaust home homeland homeless homework homicide homosexual honest honesty honey honeymoon honor honorary hood hook hop hope
        hopeful hopeless hopper horde horizon horizontal hormone horn horny horrendous horribly horrid horrific horrified horrifying horror
        horse hose hospital host hostage hostel hostile hot hotel hottest hour house household housewives how however hub hug huge huh hull
        hum human humane humanitarian humble humbly humor humorous hundred hung hunger hungry hunt hunter hurricane hurry hurt husband
        hustle hut hybrid hydraulic hydrogen hygiene hypocrisy hypocrite hypocritical hypothesis hypothetical hysterical ice icon id idea
        ideal idealistic identical identifier identify idiot idiotic idle idol if ignorance ignorant ignore ill illegal illiterate
        illustrated image imaginary imaginative imagine imbalance immature immediate immense immigrants imminent immoral immortal immune
        impact impaired impending imperative imperfect imperial impersonal imply import importance important impose impractical impress
        impressive imprisoned improve impulse in inadequate inadvertently inappropriate incentive incest inch incidence incident
        incidentally incline include inclusive income incompetence incompetent incomplete inconsistent inconvenience inconvenient
        incorporate incorrect increase incredibly incurred indeed indefinitely independence independent index indicate indicator indices
        indigenous indirect individual indoor induce indulge industrial industry inevitably inexpensive inexperienced infamous infant
        infect infectious inferior infinite inflict influence influential info inform informal informational informative infrared
        infrastructure ingenious ingredient inhabitants inhabited inherit inheritance initial initiate initiative inject injure injury
        injustice ink inn inner innocence innocent innovative input inquire inquiry insane insect insecure insensitive insert inside
        insider insidious insight insignificant insist inspect inspector inspire install instance instant instead instinct institute
        institutional instruct instructor instrumental insufficient insulin insult insurance insured intact intake integer integral
        integrate intellect intellectual intelligence intelligent intend intense intensive intent intentional inter interact interactive
        intercourse interest interface interfere interference interim interior intermediate internal international internet interpret
        interpreter interracial interrogate interrupt interstate interval intervene interview intimate into introduce introductory
        intuitive invade invalid invariably invent inventor inventory invest investigate investigator investor invite invoice invoke
        involve ion iron ironic irony irrational irrelevant irritate is island isle isolate issue it italic item itself ivory jacket jaguar
        jail jam jar jay jazz jealous jeans jelly jerk jest jet jewel jewelry job join joint joke jolly journal journalism journalist
        journey joy judge judicial juice jump jungle junior junk jury just justice justify juvenile keen keep keeper kept kernel kettle key
        keyboard keyword kick kid kidnap kidney kill killer kilometers kind kinda king kingdom kiss kit kitchen knee knew knife knight knit
        knives knock know knowledge known kpi kudos lab label labor laboratory labour lace lack lad ladder laden lady lag laid lain lake
        lamb lame lamp land landlord landscape lane language lap large larger largest lark laser last late latency later latest latex
        latitude latter laugh laughter launch laundry lavatory law lawn lawsuit lawyer lay layer layout lazy leach lead leader leadership
        leaf league leak lean leap learn learnt lease least leather leave lecture lecturer led left leg legacy legal legend legendary
        legislative legislature legitimate leisure lemon lend length lenient lens lent lesbian less lesser lesson lest let lethal letter
        level levy liable liaison liar libel liberal liberty librarian library license lick lid lie lieutenant life lifestyle lifetime lift
        light lighter lightning lightweight like likelihood likewise limb lime limit limousines line linear lingerie link lion lip lipstick
        liquid liquor list listen listener lit liter literacy literal literary literature litter little live liver livestock load loan
        lobby local locale locate lock locker lodge log logic logical login logo lone long longer longest longitude look loop loophole
        loose lord lorry lose loser loss lost lot lottery lotus loud louder lounge lousy love lover low lower lowest loyal loyalty luck
        lucky ludicrous luggage lump lunatic lunch lunchtime lung lurking lust luxury lying lyric ma machine machinery mad madam madame
        made magazine magic magical magnet magnetic magnificent magnitude magnum maid maiden mail mailbox mailman main mainframe mainland
        mainstream maintain maintenance majesty major make maker makeup male malicious mall malpractice mama man manage manager mandate
        mandatory mangled mania maniac manipulate mankind manner manor manpower manual manufacture manufacturer many map maple mar marathon
        marble march margin marginal marijuana marina marine marital maritime mark marker market marketplace marriage marry marsh marshal
        mart martial marvel marvelous mask mason mass massage massive master mat match mate material math mathematical mathematician
        mathematics matrix matter mattress mature maximize maximum may maybe mayor maze me meal mean meaningful meaningless meant meantime
        meanwhile measure meat mechanic mechanical mechanism medal media median medical medicine medieval medium meet melody melt member
        membership membrane memo memorial memory men mend mental mentor menu merchandise merchant mercury mercy mere merge merger merit
        merry mesh mess message messenger messy met metabolism metal metallic metaphor meter method methodology metric metro metropolitan
        mice microphone microwave midday middle midnight might mighty mike mild mile mileage milestone military milk mill miller million
        mime mind mindless mine mineral miniature minimal minimize minimum minister ministry minor mint minus minute miracle miraculous
        mirror miscellaneous miserably misery misfortune misguided mislead misled misplaced misread miss missile mist mistake mistaken
        mistook mistress misunderstand misunderstood misuse mix mixer mixture moan mob mobile mock mod mode model moderate moderator modern
        modest modify modular module moisture mold mole molecular molecules mom moment momentarily momentum monarch monetary money monitor
        monkey monopoly monster month mood moon moral more moreover morgue morning moron mortal mortgage moss most motel mother motion
        motivate motive motor motorcycle motto mount mountain mouse mouth move movers movie ms mu much muck mud mug multi multiple multiply
        mum mummy mundane municipal murder murderer muscle museum music musical musician must mustang muttering mutual my myself mysterious
        mystery mystic myth mythical mythology nail naive naked name nameless nap narrative narrator narrow nasty nation national
        nationwide native natural nature naughty naval navigate navigator navy nay near nearby nearer nearest neat necessary neck necklace
        need needle needless negative neglect negotiate neighbor neighborhood neither neon nephew nerve nervous nest net network neural
        neutral never nevertheless new newbie newcomer newer newest newsletter newspaper newton next nice nicer nicest nicked nickel
        nickname niece night nightmare nil nine nipple nitrogen no noble nobody node noise noisy nominate non none nonetheless nonprofit
        nonsense noon nor norm normal northeast northwest nose not notably note notebook noteworthy nothing notice notify notion notorious
        notwithstanding nova novel novelty novice now nowadays nowhere nuclear nude nudity nuisance null numb number numbest numeric
        numerical numerous nun nurse nursery nut nutritional nylon oak oar oasis oath obey obituaries object objective oblige obnoxious
        obscene obscure observe observer obsessed obsessing obsolete obstructing obtain obvious occasional occupational occupy occur
        occurrence ocean odd of off offboarding offend offender offense offensive offer offhand office officer official offline offset
        offshore offspring often oh oil okay old older oldest omissions omit on onboarding once one oneself ongoing onion online onto open
        opera operate operational operator opinion opponent oppose opposite oppressed opt optic optical optimal optimistic optimize optimum
        option optional opus or oracle oral orange orbit orbital orchestra order ordinance ordinary organ organic organise organisms
        organizational organize organizer orgasm orgy orient oriental origin original originated orthodox other otherwise ouch ought our
        ourselves out outage outcome outdated outdoor outer outfit outgoing outlet outlier outline outlook outperform output outrage
        outrageous outright outside outstanding oval oven over overall overcome overdue overflow overhead overload overlook overnight
        overpriced override overseas overtime overview overwhelmed overwhelming owe own owner ownership oxide oxygen ozone pa pace pacific
        pack package packet pad page paid pain painful painless paint pair pal palace pale palm pan pancakes panel panic pant panties papa
        paper paperback paperwork par parade paradise paradox paragraph parallel parameter paranoia paranoid parcel pardon parent parental
        parish park parliamentary parole parrot part partial participant participate particle particular partner partnership party pass
        passage passenger passionate passive passport password past pasta paste pastor patch patent path pathetic pathology patience
        patient patio patrol patronize pattern pause pavilion pay payroll peace peaceful peak peanut pearl peas peasant peculiar pedal
        pedestrian peer peg pen penalty pencil pendant pending penguin peninsula penis people pepper per perceive percent percentage
        percentile perfect perform performance performer perfume perhaps perimeter period periodic periodically peripheral permanent permit
        perpetual persecuted persist persistent person personal personalized personnel perspective persuade perverse pest pet petite petrol
        petroleum petty phantom pharmaceutical pharmacy phase phenomena phenomenon philosopher philosophical philosophy phoenix phone phony
        photo photograph photographer photographic photography phrase physical physician physicist physics physiology pi piano pick pickup
        picnic picture pie piece pierce pig pigeon pike pile pill pillow pilot pin pinch pine pink pint pioneer pipe pipeline pirates
        pistol pit pitch pity pizza place plague plain plaintiff plan plane planet planetary planner plant plasma plaster plastic plate
        plateau platform platinum play playback player playground plaza plea pleasant please pleasure pledge plenty plot ploy plug plumbing
        plural plus pocket pod poem poet poetic poetry point pointer pointless poison poke poker polar pole police policeman policy polish
        polite political politician politics poll polo pompous pond pony pool poor poorer pop popcorn pope popular populated porcelain
        porch pork pornography port portal porter portfolio portrait portray pose positive possess possibly post postage postal postcard
        poster postmaster postmortem postpone pot potato potential potter pottery poultry pound pour poverty powder power powerful
        practical practice practise practitioner prairie praise pray prayer preach precedent precedes preceding precious precise
        predecessor predict prefer preferably preference prefix pregnancy pregnant prejudice preliminary premature premier premiere premise
        premium prepaid prepare prerequisite prescribe presence present preserve president presidential press pressure presumably presume
        pretend pretentious pretty prevail prevent preview previous price prick pride priest primary prime primitive prince princess
        principal principle print printer printout prior prison prisoner privacy private privilege prize pro probably probe problem
        procedure proceed process processor proclaim produce producer product productive professional professor profile profit profound
        program programme programmer progress progressive prohibited project projector prolong prom prominent promise promote prompt prone
        pronounce proof propaganda proper property prophet proposal propose proprietary prose prosecute prospect prospective prostitute
        protect protective protein protest protocol prototype proud prove proven provide providence provider province provincial
        provocative provoke proxy psychiatrist psychiatry psychic psychological psychologist psychology pub public publish publisher
        pudding pull pulp pulse pump pumpkin pun punch puncture punish punk pupil puppy purchase pure purge purity purple purpose purse
        pursue pursuit push pussy put putt puzzle python qualify quantitative quantum quarter queen query quest questionnaire queue quick
        quicker quickest quiet quieter quilt quit quite quiz quizzes quota quotations quote rabbit rabid race racial racism racist rack
        racket radar radical radio radius rag rage raid rail railroad railway rain rainbow raise rally ram rampant ran ranch random rang
        range ranger rank ransom rap rape rapid rare rash rat rate rather ratio rational rattle rave raw rays razor re reach react reactor
        read reader ready real realise realistic realize realm realty rear rearrange reason reasonably reassure rebate rebel rebound
        rebuild rebuilt recall recap receipt receive receiver recent recipe recipient reckless reckon reclaim recognise recognize recommend
        reconcile reconsider record recorder recover recovery recreational recruit rectify recycle redeem redhead redirect reduce redundant
        reef reel refer reference refine reflect reflex reform refrain refresh refrigerator refugees refund refurbished refusal refuse
        regain regard regardless regime region regional register registrar registry regret regular regulated rehearsal reign reinstate
        reject relate relationship relative relax relay release relevance relevant reliance relief relieve religion religious reload
        reluctance reluctant remain remainder remark remarkably remedy remember remind reminder remote removal remove renaissance render
        renew renewal rent rental repair repeat repent rephrase replace replica reply report reporter repository represent representative
        reprint reproduce reproductive republic republican repulsive request require rescue research researcher resemblance resemble resent
        reserve reservoir reset reside residence resident residential resign resist resistance resistant resolve resort resource respect
        respective respiratory respond respondent response rest restart restaurant restore restrain restrict restructuring result resume
        retail retailer retain retire retract retreat retrieval retrieve retro return reunion rev reveal revenge revenue reverse review
        reviewer revise revolt revolutionary reward rewrite rewrote rhetorical rhyme rhythm ribbon ribs rice rich richer richest rid ridden
        ride rider ridge ridiculous rifle rig right rigid rigorous rim riot rip ripe rise risen risk risky ritual rival river road roadmap
        roast robbed robbery robe robot robust rock rocket rocky rod rode role roll rollback roller rollout roman romance romantic roof
        room roommate root rope rose roster rot rotary rotate rotten rouge rough roulette round route router routine row royal royalty rub
        rubber rubbish rude rug rugby ruin rule ruler rumor rumour run rung runner rural rush sabotage sack sacred sacrifice sad safari
        safe safeguard safer safest safety sage said sail sailor saint sake saki salad salary sale salesman salmon salon salt same sample
        sand sandwich sandy sane sang sanity sank sap sapphire sarcasm sarcastic sat satellite satin satisfactory satisfy sauce savage save
        saver saw say scale scan scandal scanner scar scarce scare scarf scarlet scary scatter scenario scene scenery scenic schedule
        scheme scholar scholarship school science scientific scientifically scientist scoop scope score scotch scout scrap scratch scream
        screen screw script scroll sculpture scum sea seafood seal search season seasonal seat second secondary secret secretary sector
        secure see seek seem seen seldom select selective self selfish sell seller semester semiconductor seminar senate senator send
        sender senior sense sensibly sensitive sensor sent sentence sentimental separate sequel sequence sergeant serial series serious
        sermon serum servant serve server service set settle seven seventh several severe sewing sex sexist sexual sexy shade shadow shaft
        shake shaken shaky shall shallow shame shape share shareholders shark sharp shave she sheep sheer sheet shelf shell shelter shelves
        shepherd sheriff shield shift shine shiny ship shirt shock shoe shook shoot shop shopper shore short shortage shorten shorter
        shortest shortfall shorthand shot shotgun should shoulder shout shove show showcase shower shown shrimp shrink shut shutdown
        shuttle shy sic sick sickening side sideways sierra sigh sight sign signal signature significance significant signup silence silent
        silicon silk silly silver similar similarities simple simpler simplest simplify simply simulate simultaneous sin since sincere
        sinful sing singer single singular sinister sink sip sir sire sister sit site situated six sixteen sixth sixty size skating
        skeleton skeptical sketch ski skill skin skinny skip skipper skirt skull sky slang slap slash slave sleep sleepy sleeve slept slice
        slid slide slight slightest slim slip slippery slogan slope sloppy slot slow slower slowest slut smack small smaller smallest smart
        smarter smash smell smelly smile smith smoke smoker smooth smug snack snag snail snake snap snapshot sneak sneaky sniff snow so
        soap sober soccer social socialist society sociology sock socket sod soda sodium sofa soft softball software soil solar sold
        soldier sole solicitor solid solo solve some somebody someday somehow someone someplace something sometime somewhat somewhere son
        song sonic soon sooner soonest sophisticate sordid sore sorry sort sought soul sound soundtrack soup source southeast southwest spa
        space span spank spare spatial speak speaker spears special specialist specialize specialty species specific specifically specify
        specimen spectacular spectrum speculate speech speed spell spelt spend spent sperm sphere spice spider spike spill spin spine
        spiral spirit spiritual spit spite splendid split spoil spoke spoken spokesman sponsor sponsorship spontaneous sport spot spotlight
        spouse spout spray spread spreadsheet spring sprint sprung spur spy squad square squash squeeze squirt stab stable stack stadium
        staff stage staggering stagnant stagnated stair staircase stake stakeholder stale stall stamp stance stand standard standpoint
        standup star stare stark start starter startle starve state static stationary stationery statistic statistical statue status
        statute statutory stay steady steak steal steam steel steep steer stem step stereo sterile sterling stick sticker sticky stiff
        still stimulate stink stir stock stockings stole stolen stomach stone stood stop storage store storey storm story straight
        straighten straightforward strain strand strange stranger strangest strap strategic strategy straw stray stream street strength
        strengthen stress stretch strict strike string strip strive stroke strong stronger strongest struck structural structure struggle
        stubborn stuck stud student studio study stuff stumble stun stunt stupid style stylish stylus sub subcommittee subject subjective
        sublime submit subscribe subscriber subsequent subset subsidiary substance substantial substitute subtle subtotal suburban subway
        succeed success successful successor such suck sucker sudden sued suffer suffice sufficient sugar suggest suicidal suicide suing
        suit suitably suitcase suite sum summary summer summit sun sung sunglasses sunk sunlight sunny sunrise sunset sunshine super superb
        superficial superintendent superior supermarket supernatural supervise supervisor supper supplier supply support supporters suppose
        suppress supreme sure surf surface surge surgeon surgery surgical surname surplus surprise surrender surround surveillance survey
        survival survive survivor suspect suspend suspicion suspicious sustain swallow swam swamp swap swear sweat sweater sweep sweet
        sweetheart swell swept swim swing switch sword swore sworn symbol symbolic symmetry sympathetic sympathize sympathy symphony
        symptom syndicate syndrome synopsis syntax synthesis synthetic system systematic tab table tablet tack tackle tactic tactical tag
        tail tailor take takeaway taken taker tale talent talk tall tame tan tank tap tape tar target tariff task taste tasteless tattoo
        taught tax taxi taxpayers tea teach teacher team teapot tear technical technician technique technological technology tedious tee
        teen teenage teenager teeth telecommunications telegram telephone telescope tell temper temperature template temple temporal
        temporary tempt ten tenant tend tendency tender tennis tense tent tenth term terminal terminate terminator terminology terrace
        terrain terribly terrific terrified terrifying territory terror terrorism terrorist test testify testimonials testimony text
        textbook textile texture than thank thankful that the theater thee theft their them theme themselves then theology theorem
        theoretical theory therapeutic therapist therapy there thereafter thereby therefore therein thereof thermal thesaurus these thesis
        they thick thief thieves thin think third thirst thirsty thirty this thong thorough thoroughfare those thou though thought thousand
        thread threat threaten three threshold threw thrill thriller throat throne through throughout throughput throw thrown thrust thumb
        thunder thus thy tick ticket tide tidy tie tier tiger tight tile till timber time timeline timer tin tiny tip tire tiresome tissue
        tit title to toad toast tobacco today toddler todo toe together toilet token told tolerance tolerant tolerate toll tomato tomorrow
        ton tone tongue tonight too took tool toolkit tooth top topic tore torn torture toss total touch tough tour tourist toward towel
        tower town toxic toy trace track tract tractor trade trademark trader traditional traffic tragedy tragic trail trailer train
        trainer traitor tramp trance transcript transfer transform transient transit translate translator transmit transmitter transparency
        transparent transport trap trash trauma travel traveler tray tread treasure treasurer treasury treat treaty tree trek tremendous
        trend trendy trial triangle tribal tribe tribunal tribute trick tricky trifle trigger trim trio trip triple triumph trivia trivial
        trolley troop tropical trouble trousers trout truck true trumpet trunk trust trustee trusty truth try tub tube tuck tumor tuna tune
        tuner tunnel turn turner turnover turtle tutor tutorial twelve twenty twice twin twist two tying type typewriter typical ugh ugly
        ultimate ultra umbrella unable unattended unauthorized unaware unbelievably uncertain uncertainty uncle unclear uncommon
        unconscious undefined under undercover underestimate undergo undergraduate underground underlay underlying underneath underperform
        understand understood undertake undertaken underwear undo undone undoubtedly uneasy unemployed uneven unexpected unexplained unfair
        unfamiliar unfinished unfortunate unfriendly unhappy unhealthy unified uniform unimportant union unique unit unite unity universal
        universe unknown unless unlike unlimited unload unlock unlucky unnatural unnecessary unofficial unpaid unpleasant unpopular
        unrealistic unrelated unresolved unsafe unseen unsigned unsuccessful unsure unsurprisingly unsuspecting until unto untrue unusual
        unwanted unwilling unwise unwrap up upbringing update upgrade upload upon upper upright upset upside upstairs uptick uptime upward
        urban urge urgency urgent us usage use useful useless user usual utilize utter vacancy vaccine vacuum vagina vague vain valentine
        valid valley value valve vampire van vandalism vanilla vanish variance variety various vary vast vat vault vector vegetarian
        vehicle vein velvet vending vendor venture venue verb verbal verdict verify versatile verse versus vertical very vessel vet veteran
        veterinary via viable vicar vice vicious victim victory video view viewer viewpoint vile villa village vintage vinyl violate
        violence violent violet violin viral virgin virtual virtue virus visa vision visit visitor vista visual vital vitamin vocabulary
        vocal vocational vodka voice void volatile volleyball volt voltage volume voluntary volunteer vomit vote voter vouch waffle wage
        wagon wait waiter waitress waiver wake walk walker wall wallet wallpaper walnut wan wander wanna want war ward warden warehouse
        warm warn warp warrant warranty warren warrior wartime was wash washer waste watch water waterproof watershed watt wave wax way we
        weak wealth wealthy weapon wear weary weasel weather weaver web website wee week weekend weigh weight weird welcome welding welfare
        well wellington went were wet whack whale what whatever whatsoever wheat wheel when whence whenever where whereas whereby wherever
        whether which whichever while whilst whim whip whiskey whisper whistle white who whoa whoever whole wholesale whom whoop whore
        whose why wicked wide wider widespread widest widow width wife wig wild wildlife will willow win wind window wine winner winter
        wipe wire wisdom wise wiser wish wit witch with withdraw withdrawal withdrawn withdrew within without witty wives wizard woke woken
        wolf woman women won wonder wonderful wondrous wont wood wooden woody wool word wore work workaround worker workforce workload
        workout workplace workshop world worldwide worm worn worry worse worship worst worth worthless worthwhile worthy would wound wow
        wrap wrapper wrath wreck wrestling wretched wright wrist write writer written wrong wrote yacht yard yarn yawn year yeast yell
        yellow yen yes yesterday yet yield yoga you young younger youngest your yourself yourselves youth zero zinc zip zone zoo zoom
        """u8;

    /// <summary>Whether it is a common word, in any of its forms.</summary>
    public static bool Has(string word) =>
        Known.Value.Contains(word)
        || Bases(word).Any(stem => stem.Length > 1 && (Known.Value.Contains(stem) || HasEnding(stem)))
        || HasEnding(word)
        || IsCompound(word);

    // Handover, workload, takeaways.
    private static bool IsCompound(string word)
    {
        var single = word.EndsWith('s') ? word[..^1] : word;
        return Array.Exists(Seconds, second =>
            single.Length > second.Length + 2
            && single.EndsWith(second, StringComparison.OrdinalIgnoreCase)
            && Known.Value.Contains(single[..^second.Length])
        );
    }

    private static bool HasEnding(string word) =>
        word.Length > 6 && Endings.Any(ending => word.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    // What it may be a form of.
    private static IEnumerable<string> Bases(string word)
    {
        foreach (var ending in (string[])["s", "es", "ed", "d", "ing", "ly"])
        {
            if (!word.EndsWith(ending, StringComparison.OrdinalIgnoreCase) || word.Length < ending.Length + 2)
                continue;
            var stem = word[..^ending.Length];
            yield return stem;
            yield return stem + "e";
            if (stem[^1] == 'i')
                yield return stem[..^1] + "y";
            if (stem.Length > 3 && stem[^1] == stem[^2])
                yield return stem[..^1];
        }

        foreach (var start in (string[])["un", "re", "non", "pre", "over", "under"])
        {
            if (word.Length > start.Length + 3 && word.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                yield return word[start.Length..];
        }
    }
}
