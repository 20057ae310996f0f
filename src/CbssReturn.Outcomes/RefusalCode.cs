namespace CbssReturn.Outcomes;

/// <summary>Which rule said no. The thousand is the exit code of <c>cbss</c>; numbers are never reused
/// (docs/ERRORS.md explains each, packet/v1/refusal_code.proto repeats them, a test holds all together).</summary>
public enum RefusalCode
{
    /// <summary>Never used: <c>default</c> is not a code.</summary>
    Unspecified = 0,

    /// <summary>A field that is required is missing.</summary>
    FieldMissing = 1001,

    /// <summary>A field does not have the form that is asked for.</summary>
    FieldMalformed = 1002,

    /// <summary>A text or list of bytes is longer than allowed.</summary>
    FieldTooLong = 1003,

    /// <summary>A list holds more than allowed.</summary>
    TooMany = 1004,

    /// <summary>There is no such field.</summary>
    FieldUnknown = 1005,

    /// <summary>There is no such code in this list.</summary>
    CodeUnknown = 1006,

    /// <summary>An id is not in its one canonical form.</summary>
    IdentifierMalformed = 1007,

    /// <summary>A number is outside its range.</summary>
    NumberOutOfRange = 1008,

    /// <summary>The field must be empty here.</summary>
    FieldNotAllowed = 1009,

    /// <summary>A value stands twice where it may stand once.</summary>
    ValueTwice = 1010,

    /// <summary>The file is not well-formed JSON.</summary>
    JsonMalformed = 1011,

    /// <summary>A file cannot be read or written.</summary>
    FileUnreadable = 1012,

    /// <summary>The command line is not understood.</summary>
    UsageWrong = 1013,

    /// <summary>There is nothing with this id here.</summary>
    NotFound = 1014,

    /// <summary>The time zone is not an IANA zone known here.</summary>
    ZoneUnknown = 1015,

    /// <summary>The local time does not exist in its zone, or its offset is not the zone's.</summary>
    LocalTimeInvalid = 1016,

    /// <summary>Two dates or times contradict each other.</summary>
    DatesContradict = 1017,

    /// <summary>The file is larger than allowed.</summary>
    FileTooLarge = 1018,

    /// <summary>The configuration cannot be read.</summary>
    ConfigurationMalformed = 2001,

    /// <summary>The configuration has a key that is not known.</summary>
    ConfigurationKeyUnknown = 2002,

    /// <summary>A secret's file is missing or cannot be read.</summary>
    SecretUnreadable = 2003,

    /// <summary>Another process uses the data folder.</summary>
    DataFolderInUse = 2004,

    /// <summary>The database has a schema version that this program does not know.</summary>
    SchemaUnknown = 2005,

    /// <summary>The database is damaged.</summary>
    DatabaseCorrupt = 2006,

    /// <summary>The disk is full.</summary>
    DiskFull = 2007,

    /// <summary>The store does not answer.</summary>
    StoreUnavailable = 2008,

    /// <summary>The directory file cannot be read.</summary>
    DirectoryMalformed = 2009,

    /// <summary>The directory is not signed by the configured root.</summary>
    DirectorySignatureWrong = 2010,

    /// <summary>The directory is older than one already applied.</summary>
    DirectoryOlder = 2011,

    /// <summary>The directory has ended.</summary>
    DirectoryExpired = 2012,

    /// <summary>This node is not in the directory with its present keys.</summary>
    NodeNotInDirectory = 2013,

    /// <summary>This node's own TLS certificate cannot be used.</summary>
    CertificateUnusable = 2014,

    /// <summary>No node answers on the desk socket.</summary>
    NodeNotRunning = 2015,

    /// <summary>The folder already holds a node.</summary>
    AlreadyInitialised = 2016,

    /// <summary>Others can read a file that holds a secret.</summary>
    PermissionsTooWide = 2017,

    /// <summary>The node starts or stops.</summary>
    NodeNotReady = 2018,

    /// <summary>Another program listens on the port.</summary>
    PortInUse = 2019,

    /// <summary>The token is missing, unknown or ended.</summary>
    TokenUnknown = 3001,

    /// <summary>The user's role may not do this.</summary>
    RoleMayNot = 3002,

    /// <summary>There is no consent to rely on.</summary>
    ConsentMissing = 3101,

    /// <summary>The consent is withdrawn, expired or superseded.</summary>
    ConsentNotActive = 3102,

    /// <summary>The consent does not keep to the rules of a consent.</summary>
    ConsentOutOfBounds = 3103,

    /// <summary>The person did not agree that this recipient gets this section for this purpose.</summary>
    GrantMissing = 3104,

    /// <summary>The time for which the person agreed is over.</summary>
    GrantExpired = 3105,

    /// <summary>The time for which the person agreed has not begun.</summary>
    GrantNotYetValid = 3106,

    /// <summary>It was not checked that the person understood.</summary>
    UnderstandingNotChecked = 3107,

    /// <summary>The interpreter comes from the person's circle.</summary>
    InterpreterNotIndependent = 3108,

    /// <summary>The person cannot decide now, or it was not assessed.</summary>
    CapacityNotGiven = 3109,

    /// <summary>The recipient is not in the directory.</summary>
    RecipientUnknown = 3110,

    /// <summary>The recipient is of a kind that may see no case content.</summary>
    RecipientMaySeeNoContent = 3111,

    /// <summary>The recipient is suspended in the directory.</summary>
    RecipientSuspended = 3112,

    /// <summary>A grant names the node itself, or a recipient that is not its own organisation.</summary>
    RecipientTwice = 3113,

    /// <summary>An enquiry may hold nothing that identifies the person.</summary>
    IdentityInEnquiry = 3201,

    /// <summary>Place and time of travel go only to a recipient that has accepted.</summary>
    MovementBeforeAcceptance = 3202,

    /// <summary>The person is or may be under 18, so the flow stops.</summary>
    PossibleMinor = 3203,

    /// <summary>The person's embassy must not be contacted.</summary>
    EmbassyForbidden = 3204,

    /// <summary>This travel document does not exist for this person or route.</summary>
    DocumentNotApplicable = 3205,

    /// <summary>The disclosure stage does not allow this.</summary>
    StageDoesNotFit = 3206,

    /// <summary>A shelter's or private address may not stand here; name a meeting point.</summary>
    AddressNotAllowed = 3207,

    /// <summary>The state of the referral does not allow this.</summary>
    StateForbids = 3301,

    /// <summary>Somebody else changed it at the same time.</summary>
    ChangedMeanwhile = 3302,

    /// <summary>The answer does not fit what was asked.</summary>
    AnswerDoesNotFit = 3303,

    /// <summary>A decline needs its code.</summary>
    DeclineCodeMissing = 3304,

    /// <summary>It was sent before.</summary>
    AlreadySent = 3305,

    /// <summary>The packet may have left the node.</summary>
    MayHaveLeft = 3306,

    /// <summary>The pickup window does not cover the arrival.</summary>
    WindowMissesArrival = 3307,

    /// <summary>A lead needs a deputy, and not the same person.</summary>
    LeadWithoutDeputy = 3308,

    /// <summary>The person wants no pickup, so nothing about one may be planned or sent.</summary>
    PickupRefusedByPerson = 3309,

    /// <summary>The recommendation contradicts the risk levels.</summary>
    RecommendationDoesNotFit = 3310,

    /// <summary>A risk level is lower than its contributions say.</summary>
    RiskLowered = 3311,

    /// <summary>A newer version of the section is known.</summary>
    SectionVersionOld = 3312,

    /// <summary>Nobody can be reached around the clock on the day of arrival.</summary>
    FallbackContactMissing = 3313,

    /// <summary>The consent excerpt in the packet does not cover the section.</summary>
    SectionNotCovered = 3401,

    /// <summary>The manifest breaks a rule.</summary>
    ManifestInvalid = 3402,

    /// <summary>A digest is not that of the bytes it names.</summary>
    DigestDoesNotMatch = 3403,

    /// <summary>There is no such conversation with this peer.</summary>
    ConversationUnknown = 3404,

    /// <summary>The right to open the section is over.</summary>
    SectionExpired = 3405,

    /// <summary>Something before this is still missing.</summary>
    SectionGap = 3406,

    /// <summary>The same message came before under another packet id.</summary>
    MessageTwice = 3407,

    /// <summary>The conversation holds as many packets as allowed.</summary>
    ConversationFull = 3408,

    /// <summary>A signed note does not have its one form.</summary>
    NoteMalformed = 4001,

    /// <summary>A note bears a signature of a known key that does not verify, or none.</summary>
    NoteSignatureWrong = 4002,

    /// <summary>The text of a note is not a checkpoint.</summary>
    CheckpointMalformed = 4003,

    /// <summary>A checkpoint is of another log.</summary>
    OriginWrong = 4004,

    /// <summary>Fewer witnesses have cosigned than the policy asks for.</summary>
    QuorumMissing = 4005,

    /// <summary>A tile, an entry bundle or its path does not have its one form.</summary>
    TileMalformed = 4006,

    /// <summary>An entry of an audit log does not have its one form.</summary>
    EntryMalformed = 4007,

    /// <summary>An inclusion proof does not lead to the root.</summary>
    InclusionWrong = 4008,

    /// <summary>A consistency proof does not join two roots.</summary>
    ConsistencyWrong = 4009,

    /// <summary>A proof does not have its one form.</summary>
    ProofMalformed = 4010,

    /// <summary>A witness policy cannot be read.</summary>
    PolicyMalformed = 4011,

    /// <summary>What the log holds does not lead to the root that it signed.</summary>
    RootWrong = 4012,

    /// <summary>A tile or an entry bundle that must be there is missing.</summary>
    TileMissing = 4013,

    /// <summary>An entry goes back in time by more than is allowed.</summary>
    EntryTimeWrong = 4014,

    /// <summary>The detail of an entry is missing, or is not the one that it commits to.</summary>
    DetailWrong = 4015,

    /// <summary>A log is smaller than it has been.</summary>
    LogRolledBack = 4016,

    /// <summary>Two checkpoints of one log contradict each other.</summary>
    SplitView = 4017,

    /// <summary>Nobody here knows this log.</summary>
    LogUnknown = 4018,

    /// <summary>A log has another size than the one that was named.</summary>
    LogSizeDiffers = 4019,

    /// <summary>Another process appends to this log.</summary>
    LogBusy = 4020,

    /// <summary>A receipt has no proof yet that the receiver's log holds it.</summary>
    ReceiptNotFinal = 4021,

    /// <summary>A transfer stands in one of two logs only.</summary>
    TagUnmatched = 4022,

    /// <summary>The detail of an entry was erased.</summary>
    DetailErased = 4023,

    /// <summary>Too few of those who know this node's log have answered since it started, so it signs nothing.
    /// </summary>
    LogUnasked = 4024,

    /// <summary>Somebody else seems to sign with the key of this node's log.</summary>
    LogKeyMisused = 4025,

    /// <summary>The other node cannot be reached.</summary>
    PeerUnreachable = 5001,

    /// <summary>Who answered is not the node that was called.</summary>
    PeerIdentityWrong = 5002,

    /// <summary>The two nodes share no protocol version.</summary>
    PeerVersionUnknown = 5003,

    /// <summary>The other node takes nothing now.</summary>
    PeerBusy = 5004,

    /// <summary>The other node refused the packet.</summary>
    PeerRefused = 5005,

    /// <summary>The other node holds another packet under the same id.</summary>
    PeerConflict = 5006,

    /// <summary>The other node no longer has the key that the packet was sealed to.</summary>
    PeerKeyGone = 5007,

    /// <summary>The packet could not be delivered for 72 hours.</summary>
    Undelivered = 5008,

    /// <summary>No envelope key of the other node is valid now.</summary>
    PeerKeysMissing = 5009,

    /// <summary>The receipt of the other node is not valid.</summary>
    ReceiptInvalid = 5010,

    /// <summary>The other node is suspended in the directory.</summary>
    PeerSuspended = 5011,

    /// <summary>A limit is reached; repeat later.</summary>
    LimitReached = 5012,

    /// <summary>The frames on a stream break a rule.</summary>
    StreamRuleBroken = 5013,

    /// <summary>The peer shows no certificate.</summary>
    CertificateMissing = 5101,

    /// <summary>The peer's certificate is expired or not yet valid.</summary>
    CertificateNotInTime = 5102,

    /// <summary>The peer's certificate has no extended key usage.</summary>
    CertificateUsageMissing = 5103,

    /// <summary>The peer's certificate is not for this side of TLS.</summary>
    CertificateUsageWrong = 5104,

    /// <summary>The peer's certificate does not chain to a configured authority.</summary>
    CertificateAuthorityOther = 5105,

    /// <summary>The peer's key is not pinned in the directory.</summary>
    CertificateNotPinned = 5106,

    /// <summary>The peer's key is not ECDSA P-256.</summary>
    CertificateKeyKind = 5107,

    /// <summary>A key does not have the right form.</summary>
    KeyMalformed = 6001,

    /// <summary>A key or share is of low order or outside its group.</summary>
    KeyWeak = 6002,

    /// <summary>A signature does not verify.</summary>
    SignatureWrong = 6003,

    /// <summary>An envelope cannot be parsed.</summary>
    EnvelopeMalformed = 6004,

    /// <summary>An envelope or part is larger than allowed.</summary>
    EnvelopeTooLarge = 6005,

    /// <summary>The suite is unknown or below the sender's minimum.</summary>
    SuiteNotAllowed = 6006,

    /// <summary>The sender's key is not in the directory.</summary>
    SenderUnknown = 6007,

    /// <summary>The sender's key does not belong to who delivered it.</summary>
    SenderNotPeer = 6008,

    /// <summary>The packet carries this node's own key as its sender.</summary>
    SenderIsSelf = 6009,

    /// <summary>The sender's key was retired before the packet was made, or too long ago.</summary>
    SenderKeyRetired = 6010,

    /// <summary>The sender's key is revoked.</summary>
    SenderKeyRevoked = 6011,

    /// <summary>The envelope's time is over.</summary>
    EnvelopeExpired = 6012,

    /// <summary>The envelope's time has not begun.</summary>
    EnvelopeFromFuture = 6013,

    /// <summary>The envelope claims to last longer than allowed.</summary>
    EnvelopeLifetimeTooLong = 6014,

    /// <summary>The envelope is sealed to a key that is not held.</summary>
    RecipientKeyGone = 6015,

    /// <summary>The envelope does not open.</summary>
    EnvelopeNotOpened = 6016,

    /// <summary>Another envelope came under the same packet id.</summary>
    PacketIdReused = 6017,

    /// <summary>The keystore is damaged.</summary>
    KeystoreCorrupt = 6101,

    /// <summary>The passphrase does not open the keystore.</summary>
    KeystoreNotUnlocked = 6102,

    /// <summary>The keystore asks for key stretching outside the allowed bounds.</summary>
    KeystoreParameters = 6103,

    /// <summary>The key-encryption key is not in the keystore.</summary>
    KekUnknown = 6104,

    /// <summary>Sealed content in the store does not open.</summary>
    SealedContentCorrupt = 6105,

    /// <summary>A signed envelope key is not valid.</summary>
    EpochKeyInvalid = 6106,

    /// <summary>A receipt cannot be parsed.</summary>
    ReceiptMalformed = 6107,
}
