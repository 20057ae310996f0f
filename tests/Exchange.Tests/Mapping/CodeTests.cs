using CbssReturn.Casework.Common;
using Google.Protobuf.Reflection;
using DirectoryWire = CbssReturn.Contracts.Directory.V1;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Tests.Mapping;

/// <summary>The codes of the domain and of the wire form are the same, by name and by number. Casts between them rest
/// on this.</summary>
public sealed class CodeTests
{
    // Local to a node: these never travel.
    private static readonly string[] DomainOnly =
        ["ReferralState", "ConversationRole", "SensitivityClass", "RiskConfidence"];

    // Control parts are Exchange's own matter; refusal codes belong to Outcomes.
    private static readonly string[] WireOnly = ["ControlKind", "RefusalCode"];

    private static readonly Dictionary<string, Type> Domain = typeof(Section).Assembly.GetExportedTypes()
        .Where(type => type.IsEnum && !DomainOnly.Contains(type.Name))
        .ToDictionary(type => type.Name);

    private static readonly Dictionary<string, Type> OnTheWire = typeof(Wire.Section).Assembly.GetExportedTypes()
        .Where(type => type.IsEnum && !type.IsNested && !WireOnly.Contains(type.Name))
        .Where(type => type.Namespace == typeof(Wire.Section).Namespace || type == typeof(DirectoryWire.NodeKind))
        .ToDictionary(type => type.Name);

    public static TheoryData<string> Names => [.. OnTheWire.Keys.Order()];

    [Fact]
    public void EveryList_OnBothSides_Stands() => Assert.Equal(OnTheWire.Keys.Order(), Domain.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryCode_OnBothSides_HasItsNameAndNumber(string name) =>
        Assert.Equal(CodesOf(OnTheWire[name]), CodesOf(Domain[name]));

    [Fact]
    public void EverySection_HasACategoryOfItsName()
    {
        var sections = Wire.Section.Descriptor.Oneofs[0].Fields
            .Select(field => "CATEGORY_" + field.Name.ToUpperInvariant());
        var categories = DescriptorOf(nameof(Category)).Values.Select(value => value.Name);

        Assert.Empty(sections.Except(categories));
    }

    private static EnumDescriptor DescriptorOf(string name) =>
        Wire.ManifestReflection.Descriptor.EnumTypes.Single(descriptor => descriptor.Name == name);

    private static IEnumerable<(string Name, int Number)> CodesOf(Type type) =>
        Enum.GetNames(type).Select(name => (name, (int)Enum.Parse(type, name))).OrderBy(code => code.Item2);
}
