using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CbssReturn.Cli.Demo.Scenarios;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Packet.V1;
using Google.Protobuf;

namespace CbssReturn.Cli.Tests;

/// <summary>Holds the samples to the format and to the rule that every free text carries a marker of its own.</summary>
public sealed partial class SampleTests
{
    // Texts that are no free text: ids, codes, aliases with rules of their own, dates, places of a list.
    private static readonly string[] Coded =
    [
        "case_id", "referral_id", "outbox_id", "consent_id", "grant_id", "recipient", "onward_to", "subject_alias",
        "language", "languages", "interpreter_alias", "witness_alias", "alias", "who_alias", "via_alias",
        "provider_alias", "lead_alias", "deputy_alias", "from_country", "to_country", "country", "issuing_country",
        "identified_in", "citizenship", "located_in", "issued_on", "expires_on", "only_after", "due_on", "from_date",
        "started_on", "review_on", "local", "zone", "assessment_id", "responsible_node", "alternatives", "redirect_to",
    ];

    private static readonly string[] Files = [.. Directory.GetFiles(Repository.Combine("samples"), "*.json").Order()];

    public static TheoryData<string> Samples => [.. Files.Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Load_Sample_IsRead(string file)
    {
        var scenario = Scenario.Load(Repository.Combine("samples", file));

        Assert.True(scenario.IsOk, scenario.ToString());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Steps_OfASample_HaveInputsThatTheDeskReads(string file) => Assert.All(
        Scenario.Load(Repository.Combine("samples", file)).Value.Steps,
        step =>
        {
            var result = Request(step) is { } request
                ? Cli.Json.CaseworkJson.ReadInto(request, Encoding.UTF8.GetBytes(Input(step).ToJsonString()))
                : Outcomes.Done.Instance;
            Assert.True(result.IsOk, $"{step.Text} {result}");
        });

    [Fact]
    public void FreeTexts_OfAllSamples_CarryMarkersOfTheirOwn()
    {
        var texts = Files.SelectMany(file => Scenario.Load(file).Value.Steps)
            .Select(step => (Message: Request(step), step))
            .Where(pair => pair.Message is not null)
            .SelectMany(pair =>
            {
                Cli.Json.CaseworkJson.ReadInto(pair.Message!, Encoding.UTF8.GetBytes(Input(pair.step).ToJsonString()));
                return FreeTexts(pair.Message!);
            })
            .ToList();

        Assert.True(texts.Count > 100, $"{texts.Count} texts");
        Assert.All(texts, text => Assert.Single(Marker().Matches(text)));
        var markers = texts.Select(text => Marker().Match(text).Value).ToList();
        Assert.Equal(markers.Count, markers.Distinct().Count());
    }

    [Fact]
    public void Json_InTheReadme_IsRead()
    {
        var blocks = Block().Matches(File.ReadAllText(Repository.Combine("samples", "README.md")))
            .Select(match => Encoding.UTF8.GetBytes(match.Groups[1].Value))
            .ToList();

        Assert.Equal(3, blocks.Count);
        Assert.True(Cli.Json.CaseworkJson.Read<ConsentRecord>(blocks[0]).IsOk);
        Assert.True(Cli.Json.CaseworkJson.Read<ReferralDraft>(blocks[1]).IsOk);
        Assert.True(Cli.Json.CaseworkJson.Read<Answer>(blocks[2]).IsOk);
    }

    private static JsonObject Input(ScenarioStep step) =>
        ScenarioVariables.Placeholders(Names()).ExpandObject(step.With);

    private static IEnumerable<string> Names() => Files.SelectMany(file => Scenario.Load(file).Value.Steps)
        .SelectMany(step => step.Save.Keys)
        .Concat(ScenarioVariables.BuiltIn())
        .Distinct();

    private static IMessage? Request(ScenarioStep step) => step.Do switch
    {
        "consent.record" => new RecordConsentRequest(),
        "referral.new" => new CreateReferralRequest(),
        "journey.plan" => new SendMovementRequest(),
        "answer" => new SendAnswerRequest(),
        _ => null,
    };

    private static IEnumerable<string> FreeTexts(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(message);
            var values = field.IsRepeated
                ? ((System.Collections.IEnumerable)value).Cast<object>()
                : value is null ? [] : [value];
            foreach (var item in values)
            {
                if (item is IMessage inner)
                {
                    // A date of birth is a date, not a text.
                    foreach (var text in inner.Descriptor.Name == "ToldDate" ? [] : FreeTexts(inner))
                    {
                        yield return text;
                    }
                }
                else if (item is string { Length: > 0 } text && !Coded.Contains(field.Name))
                {
                    yield return text;
                }
            }
        }
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("qzvx[a-z]{8}")]
    private static partial Regex Marker();
}
