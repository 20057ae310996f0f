using CbssReturn.Contracts.Packet.V1;
using Google.Protobuf.Reflection;

namespace CbssReturn.Cli.Commands;

/// <summary>The lists of codes that options take.</summary>
internal static class PacketCodes
{
    /// <summary>Data categories.</summary>
    public static EnumDescriptor Categories { get; } = Find(ManifestReflection.Descriptor, nameof(Category));

    /// <summary>Purposes.</summary>
    public static EnumDescriptor Purposes { get; } = Find(ManifestReflection.Descriptor, nameof(Purpose));

    /// <summary>Priorities.</summary>
    public static EnumDescriptor Priorities { get; } = Find(ManifestReflection.Descriptor, nameof(Priority));

    /// <summary>Kinds of packet.</summary>
    public static EnumDescriptor MessageKinds { get; } = Find(ManifestReflection.Descriptor, nameof(MessageKind));

    /// <summary>Reasons for a decline.</summary>
    public static EnumDescriptor DeclineCodes { get; } = Find(AnswersReflection.Descriptor, nameof(DeclineCode));

    /// <summary>Reasons for a cancellation.</summary>
    public static EnumDescriptor CancelReasons { get; } = Find(AnswersReflection.Descriptor, nameof(CancelReason));

    /// <summary>Ways to a travel document.</summary>
    public static EnumDescriptor DocumentRoutes { get; } =
        Find(TravelDocumentsReflection.Descriptor, nameof(DocumentRoute));

    /// <summary>Outcomes of an arrival.</summary>
    public static EnumDescriptor ArrivalOutcomes { get; } = Find(AnswersReflection.Descriptor, nameof(ArrivalOutcome));

    /// <summary>Kinds of travel document.</summary>
    public static EnumDescriptor DocumentKinds { get; } =
        Find(TravelDocumentsReflection.Descriptor, nameof(TravelDocumentKind));

    /// <summary>States of a travel document.</summary>
    public static EnumDescriptor DocumentStatuses { get; } =
        Find(TravelDocumentsReflection.Descriptor, nameof(TravelDocumentStatus));

    /// <summary>Kinds of service.</summary>
    public static EnumDescriptor ServiceKinds { get; } = Find(ServicesReflection.Descriptor, nameof(ServiceKind));

    /// <summary>States of a service.</summary>
    public static EnumDescriptor ServiceStatuses { get; } = Find(ServicesReflection.Descriptor, nameof(ServiceStatus));

    private static EnumDescriptor Find(FileDescriptor file, string name) => file.FindTypeByName<EnumDescriptor>(name);
}
