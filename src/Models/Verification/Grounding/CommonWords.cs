using System.Text;

namespace Aios.Models.Verification.Grounding;

/// <summary>
/// Common English words: one of them with a capital at the start of a sentence is no name. From SCOWL (sizes 10 and 20, the more
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
    private static readonly Lazy<HashSet<string>> Known = new(() => new(
        Encoding.UTF8.GetString(Words).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase
    ));

    private static readonly string[] Endings = ["tion", "sion", "ment", "ness", "ity", "able", "ible"];

    private static ReadOnlySpan<byte> Words =>
        """
        abandoned able about above abroad absence absent absolute abstract abuse academic accent accept acceptance access accident
        accidental accommodate accompanied accomplish accord accordance account accuracy accurate accused ace achieve acid acknowledge
        acoustic acquire across act action activated active actor actual acute adapted adapter add additional address adequate adjacent
        adjust administered administrative admire admit adopt adult advance advantage adventure adverse advertise advice advise advisory
        advocate aerial affair affect afford afraid after afternoon afterward again against age agency agenda agent aggressive ago agree
        agricultural ahead aid aim air aircraft airport alarm album alcohol alert algebra algorithm alias alien alike alive all alleged
        alliance allocated allow allowance ally almost alone along alphabetical already also alter alternate alternative although
        altogether always am amateur amazing ambassador ambient ambiguous amend among amongst amount amp amplifier amuse an analog
        analogue analyses analysis analyst analytics analyze anatomy ancient and angel anger angle angry animal anniversary announce annoy
        annual anonymous another answer anticipated antique anxious any anybody anyhow anyone anyplace anything anyway anywhere apart api
        apologise apologize apology app apparent appeal appear appearance appendix apple applicant appointed appraisal appreciate approach
        appropriate approval approve approximate apt arbitrary arc arcade arch architecture archive are area arena argue arise arithmetic
        arm army around arrange array arrest arrival arrive arrow art article artificial artist artistic as ash ashamed aside ask asleep
        aspect ass assault assembler assembly assess asset assign assist assistance assistant associate assume assure astronomy at ate
        atlas atmosphere atmospheric atom atomic attach attack attempt attend attendance attitude attorney attract attractive attribute
        audience audio aunt authentic author authorized automated automatic automatically automobile autumn average avoid awake award
        aware away awful awkward axis baby back background backlog backwards bacteria bad badge bag balance ball ballot ban band bandwidth
        bang bank banner bar bare bargain barrel barrier base baseline basic basically basis basket bass bastard bat batch bath bathroom
        battery battle bay be beach beam bean bear beast beat beautiful beauty became because become bedroom beef been beer before
        beforehand beg began begin begun behalf behave behavior behaviour behind belief believe bell belong below belt bench benchmark
        bend beneath beneficial benefit beside best bet better between beyond bias bible biblical bicycle bid big bigger biggest bill
        billion bin binary bind biography biological biology bird birth birthday bishop bit bite bitten biweekly bizarre black blade blame
        blank blast bless blew blind block blood bloody blow blown blue board boat body bold bomb bond bone bonus book bookstore boom
        boost boot border bore born borne borrow boss both bother bottle bottom bought bounce bound boundary bout bow bowl box boy bracket
        brain brake branch brand brass brave breach bread break breakdown breakfast breath breathe breed brick bridge brief bright
        brilliant bring broad broadcast broke broken brother brought brown browse brush bubble buck bucket budget buffer bug build built
        bulk bull bullet bulletin bunch bundle burden burn bury bus bush bust busy but butter button buy buyer by bye byte cabinet cable
        cage cake calculate calculator calendar call calm cam came camera camp campaign campus can cancel cancer candidate cannot cant cap
        capital captain capture car carbon card cardboard care career careful carpet carrier carry cartoon cartridge case cash cassette
        cast castle casual cat catalog catalogue catch category catering catholic cattle caught cause cave cease ceiling celebrate cell
        cellular cent center central centre century ceremony certain certificate chain chair chairman challenge chamber champagne champion
        chance change channel chaos chapel chapter char character characteristic charge charm chart charter chase chat cheap cheaper
        cheapest cheat check cheer cheese chemical chemistry cheque chess chest chicken chief child childhood children chip chocolate
        choice choose chorus chose chosen chuck church cigarette cinema circle circuit circular circumstance cite citizen city civil
        civilian claim clarify class classic classical classified clause clean cleaner clear clearance clearer clearest clever click
        client cliff climate climb clinic clinical clip clock clone close closer closest closet closure cloth cloud club clue cluster
        coach coal coast coat code coffee coin coincidence coke cold collapse collar colleagues collect collective college color colour
        column combat combine come comedy comfort comic command commentary commercial commit committee committer common communicate
        compact companion company comparative compare comparison compete competitive competitors compile compiler complain complaint
        complete complex complicate complications comply component compose composer composite compound comprehensive compressed compromise
        compulsory computational compute computer con concentrate concept concern concert conclude concrete conduct conference confess
        confidence confident confidential configure confirm conflict confuse congratulations connect connector conscience conscious
        consecutive consensus consent consequence consequently conservative consider considerably consist consistency consistent console
        conspiracy constant constitute constitutional constraint construct consult consultancy consultant consumer contact contain
        container contemporary content contest context continental continually continue continuous contract contrary contrast contribute
        contributor control controller convenience convenient conventional conversely convert converter convince cook cookie cool
        coordinate cope copper copy copyright core corn corner corporate correct correspondence corresponding corrupt cost cotton could
        council counsel count counter country county couple courage courier course court courtesy cousin cover coverage cow crack craft
        crap crash crazy cream create creative creator creature credit crew cricket crime criminal crisis crisp criteria criterion
        critical criticism critics crop cross crowd crown crucial cruel cruise crush cry crystal cs cube cult cultural culture cumming
        cums cumulative cup cure curious currency current curriculum curse cursor curve custom customer cut cute cycle cylinder damage
        damn dance danger dangerous dare dark darling dash dashboard data database dataset date datum daughter dawn day dead deadline deaf
        deal dealer dealt dear death debate debt debug decade decent decide deck declare decline decrease dedicate deduce deem deep deeper
        default defeat defects defence defend defense define definite definitive degree delay delete deletions deliberate delicious
        deliver delivery demand democracy democratic demonstrate deny departure depend dependent deposit depressed depth deputy derive
        describe desert deserve design designated designer desire desk desktop desperate despite destroy detail detect detective detector
        determine develop developer device devil devote diagnosis diagnostic diagram dial dialog dialogue diameter diary dice dictionary
        did die diesel diet differ difference different differential difficult difficulty dig digest digit digital dimensional dining
        dinner direct directive director directory dirt dirty disadvantage disagree disappear disappointed disaster disc discharge
        discipline disclaimer disco discount discourage discover discovery discuss disease disgusting dish disk dislike disorder display
        disposal dispute distance distant distinct distinguish distribute district disturb ditto dive diverse divide divine divorce do
        doctor doctrine documentary dodge doe dog dollar domain domestic dominant don donate done doom door dose dot double doubt doubtful
        down downstairs downtime downturn downward dozen draft drag dragon drain drama dramatic drastic draw drawn dream dress drill drink
        drive driven driver drop drove drug drum drunk dry dual dubious duck due dumb dump duplicate during dust duty dying dynamic each
        eagle ear earlier earliest earn earth ease easier easiest easy eat eaten echo ecological ecology economic economy edge edit editor
        editorial educational effect effective efficiency efficient effort egg eh eight either elderly elect electric electrical electron
        electronic elegant elementary elephant elevator eleven eliminate elite else elsewhere em email embarrass embedded emergency
        emerging emotional emotions emphasis empire employed employee employer empty enable encoding encounter encourage end enemy energy
        engage engine engineer enhance enjoy enlarge enormous enough ensure enter enterprise entertaining entire entitle entity entrance
        entry envelope environmental epic episode equal equilibrium equipped equivalent era eraser err error escape especially essay
        essence essential establish estate estimate eternal ethical ethics ethnic evaluate even event eventually ever every everybody
        everyday everyone everything everywhere evidence evident evil exact exam examine example exceed excellent except exceptional
        excess excessive exchange excited exciting exclude exclusive excuse execute executive exempt exercise exhaust exhibit exist
        existence exit exotic expand expect expectations expenditure expense expensive experience experimental expert expertise expires
        explain explicit explore export exposed exposure express extend extensive extent external extra extract extraordinary extreme eye
        fabric face facilitate fact factor factory faculty fail failover failure fair fairy faith fake fall fallen false fame familiar
        family famous fan fancy fantastic fantasy far fare farm farmer farther farthest fascinating fashion fast faster fastest fat fatal
        fate father fault favor favorite favour favourite fear feature fed federal fee feedback feel feet fell fellow felt female fence
        festival fever few fewer fewest fiber field fifteen fifth fifty fight fighter figure file fill film filter filthy final finance
        financial find fine finest finger finish finite fire firm first fiscal fish fit five fix flag flame flash flat flavor flavour
        fleet flesh flew flight flip float flood floor floppy flow flower flown fluid fly foam focus fog fold folder folk follow font food
        fool foolish foot football for force forecast foreign forest forever forget forgive forgot forgotten fork form formal format
        former formula forth forthcoming fortunately fortune forty forum forward fought foul found fountain four fourth frame framework
        frankly fraud freak free freedom freeze french frequency frequent fresh friend friendship frightened frog from front frozen fruit
        fry fuel full fully fun functional fund fundamental funeral funny fur furniture further furthermore furthest fusion future gain
        galaxy game gang gap garage garbage garden gas gasoline gate gateway gather gave gay gear gender gene general generate generator
        generic generous genetic genius genre gentle gentleman gentlemen genuine geographical geography geology geometry get ghost giant
        gift gig girl girlfriend give given glad glance glass global glory gloves gnome go goal god gold golden golf gone good goodbye
        gorgeous gospel got gotten governing governor grab grade gradually graduate grain grammar grand grandfather grandmother grant
        graph graphic graphical grass grateful grave gray great greater greatest green grew grey grid grind grip gross ground group grow
        grown growth guarantee guard guess guest guidance guide guidelines guilt guilty guinea guitar gulf gun guts guy ha habit hack
        hacker had hair hairy half hall ham hammer hand handbook handle handy hang happen happy hard harder hardest hardware harm harmful
        harmless harmony hat hate have hazard he head headache headcount header headline health healthy hear heard heart heat heaven heavy
        height held helicopter hell hello helmet help helpful hence her here hereby heritage hero herself hey hid hidden hide hierarchy
        high higher highest highlight highway hill him himself hint hip hire his historic historical history hit ho hobby hold holder hole
        holiday home honest honey honor hook hope hopefully horizon horizontal horn horror horse hospital host hot hotel hour house
        household how however huge huh human humor hundred hung hungry hunt hurry hurt husband hydrogen hypothesis ice icon id idea ideal
        identical identifier identify idiot if ignore ill illegal illustrated image imagine immediate immune impact imperial imply import
        importance important impose impressed impressive improve in inadequate inappropriate incentive inch incidence incident
        incidentally incline include inclusive income incomplete inconsistent inconvenience incorporate incorrect increase incurred indeed
        independence independent index indicate indicator indirect individual induced industrial industry inevitably infant infected
        inferior infinite influence info inform informal informative infrastructure ingredients inherited initial initiated initiative
        injured injury ink inner innocent innovative input inquire inquiry insane insert insertions inside insight insist inspired install
        instance instant instead institute instrumental insurance intake integer integral integrate intellectual intelligence intelligent
        intend intense intensive intent inter interact interactive interest interface interference interim interior intermediate internal
        international interpret interrupt interval interview into introduce invalid invariably invent inventory invest investigate invite
        invoice involve ion iron irrelevant irritate is island isolate issue it item itself jacket jail jam jazz jealous jeans jerk jet
        job join joint joke journal journalists journey joy judge juice jump jungle junior junk jury just justice justify juvenile keen
        keep ken kept kernel key keyboard keyword kick kid kidnapped kidney kill killer kind king kingdom kiss kit kitchen knee knew knife
        knight knock know knowledge known kpi lab label labor laboratory labour lack lad lady laid lain lake lamp land landscape lane
        language large larger largest laser last late latency later latest latter laugh laughter launch law lawn lawyer lay layer layout
        lazy leach lead leader leadership leaf league lean learn learnt least leather leave lecture led left leg legal legend legitimate
        leisure lemon lend length lens lesbian less lesser lesson let letter level liable liberal liberty library license lie life
        lifestyle lifetime lift light lighter lightning like likewise limit line linear link lion lip liquid liquor list listen lit
        literally literary literature little live liver load loan lobby local locate lock lodge log logic logical login logo lonely long
        longer longest look loop loose lord lorry lose loss lost lot loud lousy love lover low lower lowest luck lucky luggage lunch lung
        luxury lying lyric machine machinery mad made magazine magic magnetic magnitude mail main mainstream maintain maintenance major
        make maker male man manage manager mandatory manner manual manufacture manufacturer many map march margin mark marker market
        marriage marry mask mass massive master match mate material mathematical mathematics matrix matter mature maximum may maybe mayor
        me meal mean meaningful meaningless meant meantime meanwhile measure meat mechanic mechanical mechanism media median medical
        medicine medieval medium meet member membership memory men mental menu mercury mercy mere merge merit merry mess message messy met
        metal meter method metric metro mice microwave middle midnight might mighty mild mile mileage military milk mill million mind mine
        minimal minimize minimum minister minor mint minus minute miracle mirror miscellaneous mislead misled miss mistake mistaken
        mistook misunderstand misunderstood misuse mix mixture mobile mod mode model moderate modern modify module mold molecular mom
        moment money monitor monkey monster month mood moon moral more moreover morning moron most mother motion motor mount mountain
        mouse mouth move movie much mud multiple mum murder murderer muscle museum music musical musician must mutual my myself mysterious
        mystery myth nail naive naked name narrative narrow nasty nation national native natural nature naughty near nearby nearer nearest
        necessary neck need negative negotiations neighbor neighborhood neither nerve nervous net network neutral never nevertheless new
        newer newest newsletter newspaper next nice nicer nicest nickname night nightmare nine no noble nobody node noise noisy none
        nonetheless nonsense noon nor normal nose not notably note nothing notice notify notion novel now nowadays nowhere nuclear null
        numb number numbest numerical numerous nurse nut obey object objective obscure observe observer obtain obvious occasional occupy
        occur ocean odd of off offboarding offense offensive offer office officer official offline offset often oh oil old older oldest
        omit on onboarding once one ongoing onion online onto open opera operate operational operator opinion oppose opposite opt optical
        optimal option optional or oral orange orchestra order ordinary organ organic organise organize organizer oriental oriented origin
        original other otherwise ought our ourselves out outage outcome outer outlier outline outlook output outside outstanding over
        overall overcome overdue overhead overnight overseas overview owe own owner ownership oxygen pace pack package packet pad page
        paid pain painful paint pair palace pan panel panic pants paper paperback par parade paradise paragraph parallel parameter pardon
        parent park part partial participant participate particle particular partner party pass passage passenger passive passport
        password past paste patch patent path pathetic patience patient pattern pause pay peace peaceful peak peculiar peer pen penalty
        pending penny people per perceived percent percentage percentile perfect perform performance perhaps period periodic periodically
        peripherals permanent permit person personal personnel perspective persuade pet petrol pharmacy phase phenomenon philosophy
        phoenix phone photo photograph photographic phrase physical physics physiology pi piano pick picture pie piece pig pile pill pilot
        pin pink pint pipe pipeline pit pitch pity pizza place plain plan plane planet plant plastic plate platform play player plea
        pleasant please pleasure plenty plot plug plus pocket poem poet poetry point pointer pointless poison polar pole police policy
        polish polite political politicians politics poll pool poor pop pope popular pork port porter posing positive possibly post
        postage postal postcard poster postmaster postmortem pot potato potential pound pour poverty powder power powerful practical
        practice practise praise pray prayer preceding precious precise predict prefer preferably preference prefix pregnancy pregnant
        preliminary premises premium prepare prerequisite prescribed presence present preserve president press pressure presumably presume
        pretend pretty prevent preview previous price pride priest primary prime primitive prince principal principle print printer
        printout prior prison prisoner privacy private privilege prize pro probably problem procedure proceed process processor produce
        producer product productive professional professor profile profit program programme programmer progress prohibited project
        prominent promise promote prompt prone proof proper property proposal propose proprietary prospect prospective protect protein
        protest protocol proud prove proven provide psychological psychology pub public publish publisher pull pulse pump punch puncture
        pupils purchase pure purple purpose pursue push put putt puzzle python qualify quantum quarter queen query quest questionnaire
        queue quick quicker quickest quiet quit quite quiz quotations quote rabbit race racial rack radar radical radio radius rage raid
        rail railroad railway rain rainbow raise ram ran random range rank rape rapid rare rat rate rather ratio rational raw re reach
        react read reader ready real realise realistic realize realm rear reason reasonably recall receipt receive receiver recent recipe
        recipient recognise recognize recommend record recorder recover recovery recreational recruiting recycling reduce redundant refer
        reference refine reflect reform refund refuse regard regardless regime region regional register regret regular reject relate
        relationship relative relax relay release relevance relevant relief religion religious reluctant remain remark remedy remember
        remind reminder remote removal remove rendered renew rent repair repeat replace reply report reporter repository represent
        representative reproduce request require rescue research researcher reserve reset residence resident resistance resolve resort
        resource respect respective respond respondent response rest restart restaurant restore restrict result resume retail retain
        retired retrieve return reveal revenge revenue reverse review reviewer revised revolutionary reward rewrite rhythm ribbon rice
        rich rid ride ridiculous right rip rise risk river road robot robust rock rocket rod role roll rollback rollout roman romance
        romantic roof room root rope rose rotten rough round route routine row royal rub rubber rubbish rude ruin rule rumor rumour run
        rural rush sacred sacrifice sad safe safer safest safety said sail saint sake saki salary sale salt same sample sand sandwich sat
        satellite satisfactory satisfy sauce save saw say scale scan scanner scare scenario scene schedule scheme scholar school science
        scientific scientist scope score scotch scrap scratch scream screen screw script scroll sea seal search season seat second
        secondary secret secretary sector secure see seek seem seen select self selfish sell seminar send sender senior sense sensibly
        sensitive sensor sent sentence separate sequence serial series serious serve server service set settle seven seventh several
        severe sex sexual sexy shade shadow shake shall shame shape share shareholders sharp she sheep sheer sheet shelf shell shelter
        shift shine ship shirt shock shoe shoot shop short shortage shorter shortest shortfall shot should shoulder shout show shower
        shown shut shy sick side sight sign signal signature significance significant signup silence silent silicon silly silver similar
        simple simpler simplest simply simultaneous sin since sincerely sing singer single sink sir sister sit site situated six sixth
        size skill skin skip skirt skull sky slave sleep slept slide slight slim slip slope slot slow slower slowest small smaller
        smallest smart smell smile smith smoke smooth sneak snow so soap social society socket socks soft software soil solar sold soldier
        sole solid solo solve some somebody somehow someone someplace something sometime somewhat somewhere son song soon sooner soonest
        sophisticate sore sorry sort sought soul sound soundtrack soup source space span spare spatial speak speaker special specialist
        specialized specialty species specific specifically specify spectacular spectrum speech speed spell spelt spend spent spin spirit
        spiritual spit spite split spoke spoken sponsor sport spot spray spread spreadsheet spring spy squad square squeeze stable stack
        staff stage stairs stake stamp stand standard star start starter starving state static statistic statistical status stay steady
        steal steam steel steering stem step stereo sterling stick still stock stole stolen stomach stone stood stop storage store storey
        storm story straight straightforward strain strange stranger strategic strategy stream street strength strengthen stress stretch
        strict strike string strip stroke strong stronger struck structural structure struggle stuck student studio study stuff stunning
        stupid style subject submit subscribe subsequent subset subsidiary substance substantial substitute subtle subtotal succeed
        success successful such sudden suffer suffice sufficient sugar suggest suicide suit suitably suite sum summary summer sun sunny
        sunrise sunshine super superb superior supervisor supplier supply support supporters suppose supreme sure surface surgery surname
        surplus surprise surround survey survival survive suspect suspend suspicion suspicious sustained swap swear sweat sweet swim swing
        switch sword symbol symphony symptoms syndicate syndrome syntax synthesis system systematic tab table tackle tactics tag tail take
        takeaway taken tale talent talk tall tank tap tape target task taste taught tax taxi tea teach teacher team tear technical
        technique technological technology tedious teenage teeth telephone tell temperature temple temporary ten tend tendency tender
        tennis term terminal terminology terribly territory terror terrorism terrorist test text textbook than thank that the theater thee
        theft their them theme themselves then theology theorem theoretical theory therapy there thereby therefore thereof these thesis
        they thick thief thin think third thirty this thoroughly those thou though thought thousand thread threat threatened three
        threshold threw throat through throughout throughput throw thrown thumb thus thy ticket tie tiger tight tile till time timeline
        timer tin tiny tip tire title to toast tobacco today toe together toilet token told tolerance toll tomorrow ton tone tongue
        tonight too took tool tooth top topic torture total touch tough tour tourist toward tower town toy trace track trade traditional
        traffic tragedy trail train transcript transfer transform transit translate transmitted transparent transport trap trash travel
        tray treasure treat treaty tree trek tremendous trend trial triangle tribe trick trigger trip triple trivia trivial troops trouble
        truck true trunk trust truth try tube tune tunnel turn turnover tutorial twelve twenty twice twin twist two tying type typical ugh
        ugly ultimate unable unaware uncertain uncertainty uncle unclear undefined under undergraduate underground underlying underneath
        understand understood undertaken undo unexpected unfortunate unhappy unified uniform union unique unit unite unity universal
        universe unknown unless unlike unlimited unlock unnecessary unpaid unpleasant unresolved until unto unusual unwanted up update
        upgrade upon upper upset upstairs uptick uptime upward urban urgent us usage use useful useless user usual utterly vacancies
        vacuum vague valid valley value valve van variance variety various vary vast vat vector vegetarian vehicle vendor venture venue
        verify verse versus vertical very vessel via vice victim victory video view viewer village vintage vinyl violence violent virgin
        virtual virtue virus vision visit visitor visual vital vocabulary vocal voice void voltage volume voluntary volunteer vote voters
        wade wage wait wake walk wall wallet want war ward warehouse warm warn warrant warranty was wash waste watch water wave way we
        weak wealth weapon wear weather website week weekend weight weird welcome welfare well went were wet what whatever whatsoever
        wheel when whenever where whereas whereby wherever whether which while whilst whiskey whistle white who whoever whole whom whose
        why wicked wide wider widespread widest width wife wild will win wind window wine winner winter wipe wire wisdom wise wish witch
        with withdraw withdrawal within without wives wizard woke wolf woman women won wonder wonderful wood wooden word wore work
        workaround worker workload workshop world worldwide worn worry worse worship worst worth worthwhile worthy would wound wow wrap
        wrist write writer written wrong wrote yard year yellow yes yesterday yet yield you young younger your yourself yourselves youth
        zero zone zoom
        """u8;

    /// <summary>Whether it is a common word, in any of its forms.</summary>
    public static bool Has(string word) =>
        Known.Value.Contains(word)
        || Bases(word).Any(stem => stem.Length > 1 && (Known.Value.Contains(stem) || HasEnding(stem)))
        || HasEnding(word);

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
