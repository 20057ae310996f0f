using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.AuditLog.Tests.Crafted;

/// <summary>tests/Vectors/audit/crafted-vectors.json: one case for each check.</summary>
public sealed class CraftedVectorTests
{
    private static readonly JsonSerializerOptions OneCaseALine =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string FilePath => Repository.Combine("tests", "Vectors", "audit", "crafted-vectors.json");

    [Fact]
    public void Cases_OfTheVectors_AreAnsweredWithTheirCode()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(FilePath));
        var count = 0;
        foreach (var test in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            var expected = test.GetProperty("code").GetString();
            var answer = CraftedAnswer.CodeOf(test);

            Assert.True(answer == expected, $"{test.Text("id")}: {answer ?? "ok"}, not {expected ?? "ok"}");
            Assert.Equal(expected is null, test.Text("expect") == "ok");
            count++;
        }

        Assert.Equal(167, count);
    }

    [Fact]
    public void File_OfTheVectors_IsWhatIsMadeHere()
    {
        var made = Write(CraftedCases.All());
        if (Environment.GetEnvironmentVariable("CBSS_WRITE_VECTORS") == "1")
        {
            File.WriteAllText(FilePath, made);
        }

        Assert.Equal(made, File.ReadAllText(FilePath));
    }

    private static string Write(JsonArray cases) =>
        "{\"about\":\"Made by tests/AuditLog.Tests/Crafted with the keys of note-vectors.json.\",\"cases\":[\n"
        + string.Join(",\n", cases.Select(test => test!.ToJsonString(OneCaseALine))) + "\n]}\n";
}
