//! Lists of words that the tables refer to by name.

use crate::phrasing::pattern::Lists;

/// All lists.
pub(super) const LISTS: Lists = &[
    ("me", "i we"),
    ("us", "us me"),
    ("be", "am is are was were be been being"),
    ("can", "can could would will might may"),
    ("modal", "can could would will shall should might may must"),
    (
        "number",
        "# one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty sixty ninety a an \
         couple few several half",
    ),
    ("count", "# two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty sixty several"),
    (
        "unit",
        "second* minute* min mins hour* day* week* month* year* hrs hr night* weekend* evening* morning* afternoon*",
    ),
    ("span", "minute minutes min mins hour hours hrs hr day days week weeks month months moment"),
    ("day", "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"),
    (
        "month",
        "january february march april may june july august september october november december jan feb aug sept oct nov dec",
    ),
    (
        "feeling",
        "angry anger annoy* upset* frustrat* disappoint* worry worried worrying worries stress* exhaust* madden* infuriat* \
         furious awful horrible terrible dreadful miserable misery painful hard tough difficult scary scared frighten* unsettl* \
         unnerv* embarrass* sad sadden* heartbreak* devastat* distress* alarm* confus* nightmare unfair unpleasant tiring tired \
         hurt hurtful hurts lonely anxious nervous desperate livid mad cross fuming helpless ignored stranded stuck rotten grim \
         gutted shock* wearing draining galling aggravat* irritat* bitter insult* humiliat* concern* panic* unhappy \
         cold hungry nasty rough bleak crushing overwhelm* trying demoralis* demoralizing disheartening impatient fed",
    ),
    (
        "lived",
        "waited stayed sat stood missed lost took spent cancelled rearranged planned counted trusted relied queued chased explained \
         rang phoned called wrote asked told came drove walked travelled carried paid bought booked packed cooked slept woke went \
         tried repeated filled saved flew cleaned prepared invited arranged moved opened unpacked returned reported sent",
    ),
    (
        "occasion",
        "birthday wedding funeral holiday holidays exam exams christmas anniversary christening graduation move trip \
         interview party",
    ),
    (
        "command",
        "post send give share tell drop leave write type put add include provide confirm pop state enter supply forward upload \
         attach tweet quote paste mention show submit comment reply respond answer message dm pm email mail text call ring phone \
         fill use check see read contact let get take have come keep wait hold look try visit delete remove publish disclose print",
    ),
    (
        "give",
        "post send give share tell drop leave write type put add include provide confirm pop state enter supply forward upload \
         attach tweet quote paste mention show submit comment reply respond answer text read spell verify repeat list get bring \
         display publish disclose reveal print note name ping fire email mail message dm pm supply",
    ),
    (
        "giving",
        "posting sending giving sharing telling dropping leaving writing typing putting adding including providing confirming \
         entering supplying forwarding uploading attaching tweeting quoting pasting mentioning showing submitting commenting \
         replying publishing reading spelling popping stating letting",
    ),
    (
        "kind",
        "order booking customer account tracking invoice contract reference membership member policy parcel shipment phone \
         telephone mobile cell contact card passport insurance licence license confirmation reservation meter client patient \
         delivery consignment ticket receipt loyalty credit debit bank iban sort id vat tax student case subscription complaint",
    ),
    ("digits", "number numbers no code codes id ids ref reference references nr"),
    (
        "papers",
        "invoice receipt bill id passport licence license ticket card label confirmation contract statement letter slip",
    ),
    ("private", "privately dm dms pm inbox whatsapp"),
    (
        "hour",
        "one two three four five six seven eight nine ten eleven twelve noon midday midnight quarter half # lunchtime",
    ),
    ("clock", "one two three four five six seven eight nine ten eleven twelve"),
    ("data", "number numbers address email postcode name phone details code"),
    (
        "elsewhere",
        "carrier courier seller manufacturer retailer bank insurer insurance shop store supplier landlord provider department          colleagues branch airline headquarters reception counter council dealer vendor hotline helpline helpdesk depot          sender warehouse office branch pharmacist agency platform marketplace installer network operator merchant accounts billing sales \
         police chatbot ombudsman authority council embassy hotel restaurant host organiser promoter lawyer doctor hospital \
         complaints support head postmaster neighbour neighbours",
    ),
    ("money", "refund* reimburse* compensat* voucher vouchers credit discount money"),
    (
        "role",
        "team desk department support service services care crew staff office branch shop store hotline press depot",
    ),
    (
        "trade",
        "agent adviser advisor manager supervisor assistant clerk engineer technician coordinator rep representative \
         spokesperson director editor head lead consultant dispatcher receptionist trainee apprentice officer member nurse \
         moderator owner founder employee",
    ),
];
