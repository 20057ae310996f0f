using CbssReturn.Outcomes;
using Grpc.Core;

namespace CbssReturn.Node;

/// <content>The table of status codes.</content>
internal static partial class RefusalStatus
{
    // Without a default branch, so that the compiler asks for a decision about every new code. Values that are no code
    // cannot come: a refusal is made with a code only.
#pragma warning disable CS8524
    /// <summary>The gRPC status of a code.</summary>
    public static StatusCode StatusOf(RefusalCode code) => code switch
    {
        RefusalCode.FieldMissing
        or RefusalCode.FieldMalformed
        or RefusalCode.FieldTooLong
        or RefusalCode.TooMany
        or RefusalCode.FieldUnknown
        or RefusalCode.CodeUnknown
        or RefusalCode.IdentifierMalformed
        or RefusalCode.NumberOutOfRange
        or RefusalCode.FieldNotAllowed
        or RefusalCode.ValueTwice
        or RefusalCode.JsonMalformed
        or RefusalCode.UsageWrong
        or RefusalCode.ZoneUnknown
        or RefusalCode.LocalTimeInvalid
        or RefusalCode.DatesContradict
        or RefusalCode.FileTooLarge
        or RefusalCode.NoteMalformed
        or RefusalCode.CheckpointMalformed
        or RefusalCode.TileMalformed
        or RefusalCode.EntryMalformed
        or RefusalCode.ProofMalformed
        or RefusalCode.PolicyMalformed => StatusCode.InvalidArgument,
        RefusalCode.NotFound
        or RefusalCode.LogUnknown => StatusCode.NotFound,
        RefusalCode.TokenUnknown => StatusCode.Unauthenticated,
        RefusalCode.RoleMayNot => StatusCode.PermissionDenied,
        RefusalCode.ChangedMeanwhile
        or RefusalCode.LogSizeDiffers
        or RefusalCode.LogBusy => StatusCode.Aborted,
        RefusalCode.DiskFull
        or RefusalCode.ConversationFull
        or RefusalCode.LimitReached => StatusCode.ResourceExhausted,
        RefusalCode.StoreUnavailable
        or RefusalCode.NodeNotRunning
        or RefusalCode.NodeNotReady => StatusCode.Unavailable,
        RefusalCode.DatabaseCorrupt
        or RefusalCode.KeystoreCorrupt
        or RefusalCode.SealedContentCorrupt
        or RefusalCode.RootWrong
        or RefusalCode.TileMissing
        or RefusalCode.DetailWrong => StatusCode.DataLoss,
        RefusalCode.FileUnreadable
        or RefusalCode.ConfigurationMalformed
        or RefusalCode.ConfigurationKeyUnknown
        or RefusalCode.SecretUnreadable
        or RefusalCode.DataFolderInUse
        or RefusalCode.SchemaUnknown
        or RefusalCode.DirectoryMalformed
        or RefusalCode.DirectorySignatureWrong
        or RefusalCode.DirectoryOlder
        or RefusalCode.DirectoryExpired
        or RefusalCode.NodeNotInDirectory
        or RefusalCode.CertificateUnusable
        or RefusalCode.AlreadyInitialised
        or RefusalCode.PermissionsTooWide
        or RefusalCode.PortInUse
        or RefusalCode.ConsentMissing
        or RefusalCode.ConsentNotActive
        or RefusalCode.ConsentOutOfBounds
        or RefusalCode.GrantMissing
        or RefusalCode.GrantExpired
        or RefusalCode.GrantNotYetValid
        or RefusalCode.UnderstandingNotChecked
        or RefusalCode.InterpreterNotIndependent
        or RefusalCode.CapacityNotGiven
        or RefusalCode.RecipientUnknown
        or RefusalCode.RecipientMaySeeNoContent
        or RefusalCode.RecipientSuspended
        or RefusalCode.RecipientTwice
        or RefusalCode.IdentityInEnquiry
        or RefusalCode.MovementBeforeAcceptance
        or RefusalCode.PossibleMinor
        or RefusalCode.EmbassyForbidden
        or RefusalCode.DocumentNotApplicable
        or RefusalCode.StageDoesNotFit
        or RefusalCode.AddressNotAllowed
        or RefusalCode.StateForbids
        or RefusalCode.AnswerDoesNotFit
        or RefusalCode.DeclineCodeMissing
        or RefusalCode.AlreadySent
        or RefusalCode.MayHaveLeft
        or RefusalCode.WindowMissesArrival
        or RefusalCode.LeadWithoutDeputy
        or RefusalCode.PickupRefusedByPerson
        or RefusalCode.RecommendationDoesNotFit
        or RefusalCode.RiskLowered
        or RefusalCode.SectionVersionOld
        or RefusalCode.FallbackContactMissing
        or RefusalCode.SectionNotCovered
        or RefusalCode.ManifestInvalid
        or RefusalCode.DigestDoesNotMatch
        or RefusalCode.ConversationUnknown
        or RefusalCode.SectionExpired
        or RefusalCode.SectionGap
        or RefusalCode.MessageTwice
        or RefusalCode.PeerUnreachable
        or RefusalCode.PeerIdentityWrong
        or RefusalCode.PeerVersionUnknown
        or RefusalCode.PeerBusy
        or RefusalCode.PeerRefused
        or RefusalCode.PeerConflict
        or RefusalCode.PeerKeyGone
        or RefusalCode.Undelivered
        or RefusalCode.PeerKeysMissing
        or RefusalCode.ReceiptInvalid
        or RefusalCode.PeerSuspended
        or RefusalCode.StreamRuleBroken
        or RefusalCode.CertificateMissing
        or RefusalCode.CertificateNotInTime
        or RefusalCode.CertificateUsageMissing
        or RefusalCode.CertificateUsageWrong
        or RefusalCode.CertificateAuthorityOther
        or RefusalCode.CertificateNotPinned
        or RefusalCode.CertificateKeyKind
        or RefusalCode.KeyMalformed
        or RefusalCode.KeyWeak
        or RefusalCode.SignatureWrong
        or RefusalCode.EnvelopeMalformed
        or RefusalCode.EnvelopeTooLarge
        or RefusalCode.SuiteNotAllowed
        or RefusalCode.SenderUnknown
        or RefusalCode.SenderNotPeer
        or RefusalCode.SenderIsSelf
        or RefusalCode.SenderKeyRetired
        or RefusalCode.SenderKeyRevoked
        or RefusalCode.EnvelopeExpired
        or RefusalCode.EnvelopeFromFuture
        or RefusalCode.EnvelopeLifetimeTooLong
        or RefusalCode.RecipientKeyGone
        or RefusalCode.EnvelopeNotOpened
        or RefusalCode.PacketIdReused
        or RefusalCode.KeystoreNotUnlocked
        or RefusalCode.KeystoreParameters
        or RefusalCode.KekUnknown
        or RefusalCode.EpochKeyInvalid
        or RefusalCode.ReceiptMalformed
        or RefusalCode.NoteSignatureWrong
        or RefusalCode.OriginWrong
        or RefusalCode.QuorumMissing
        or RefusalCode.InclusionWrong
        or RefusalCode.ConsistencyWrong
        or RefusalCode.EntryTimeWrong
        or RefusalCode.LogRolledBack
        or RefusalCode.SplitView
        or RefusalCode.ReceiptNotFinal
        or RefusalCode.TagUnmatched
        or RefusalCode.DetailErased
        or RefusalCode.LogUnasked
        or RefusalCode.LogKeyMisused => StatusCode.FailedPrecondition,
        RefusalCode.Unspecified => StatusCode.Internal,
    };
#pragma warning restore CS8524
}
