using CbssReturn.Outcomes;
using Wire = CbssReturn.Contracts.Packet.V1.RefusalCode;

namespace CbssReturn.Architecture.Tests;

/// <summary>Holds the codes of the program, of the protos and of the documentation together.</summary>
public sealed class RefusalCodeTests
{
    [Fact]
    public void Codes_InProgramAndProto_AreTheSame()
    {
        var program = Enum.GetValues<RefusalCode>().ToDictionary(code => code.ToString(), code => (int)code);
        var proto = Enum.GetValues<Wire>().ToDictionary(code => code.ToString(), code => (int)code);

        Assert.Equal(program, proto);
    }

    [Fact]
    public void Codes_InDocumentation_AreAllExplained()
    {
        var text = File.ReadAllText(RepositoryRoot.Combine("docs", "ERRORS.md"));

        var missing = Enum.GetValues<RefusalCode>()
            .Where(code => code != RefusalCode.Unspecified)
            .Select(code => $"CB-{(int)code:D4}")
            .Where(code => !text.Contains(code, StringComparison.Ordinal));

        Assert.Empty(missing);
    }
}
