using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;

namespace CbssReturn.EndToEnd.Tests;

/// <summary>A caseworker's day on the command line, against real nodes.</summary>
[UnsupportedOSPlatform("windows")]
[Collection(OneProgramAtATime.Name)]
public sealed class CommandLineTests(LiveDemo demo) : IClassFixture<LiveDemo>
{
    [Fact]
    public async Task Status_OfANode_IsReadyAndKnowsTheOthers()
    {
        var status = await demo.AskAsync("operator", "node", "status");

        Assert.True(status.GetProperty("ready").GetBoolean());
        Assert.Equal(4, status.GetProperty("peers").GetArrayLength());
    }

    [Fact]
    public async Task Token_ThatIsUnknown_EndsWithThree()
    {
        var token = demo.Write("wrong.token", new string('0', 64));
        File.SetUnixFileMode(token, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var result = await demo.RunAsync("sender", "worker", "referral", "list", "--token-file", token);

        AssertRefused(result, 3, "CB-3001");
    }

    [Fact]
    public async Task Role_ThatMayNot_EndsWithThree()
    {
        AssertRefused(await demo.RunAsync("sender", "worker", "user", "list"), 3, "CB-3002");
        AssertRefused(
            await demo.RunAsync("sender", "administrator", "consent", "show", new string('1', 32)), 3, "CB-3002");
    }

    [Fact]
    public async Task Users_AddedAndRemoved_HaveATokenUntilThen()
    {
        var token = demo.Combine("new.token");

        var added = await demo.RunAsync(
            "sender", "administrator", "user", "add", "night.7", "--role", "CASEWORKER", "--write-token", token,
            "--quiet");
        var user = added.Output.Trim();
        var before = await demo.RunAsync("sender", "worker", "referral", "list", "--token-file", token);
        var asked = await demo.RunAsync("sender", "administrator", "user", "remove", user[..16]);
        var removed = await demo.RunAsync("sender", "administrator", "user", "remove", user, "--yes");
        var after = await demo.RunAsync("sender", "worker", "referral", "list", "--token-file", token);

        Assert.True(added.ExitCode == 0, added.Error);
        Assert.DoesNotContain(await File.ReadAllTextAsync(token), added.Output, StringComparison.Ordinal);
        Assert.Equal(0, before.ExitCode);
        AssertRefused(asked, 1, "CB-1013");
        Assert.True(removed.ExitCode == 0, removed.Error);
        AssertRefused(after, 3, "CB-3001");
    }

    [Fact]
    public async Task Node_StartedTwice_EndsWithTwo()
    {
        var result = await demo.RunAsync("sender", "worker", "node", "run");

        AssertRefused(result, 2, "CB-2004");
    }

    [Fact]
    public async Task Node_WithAnotherPassphrase_EndsWithSix()
    {
        var made = await Cbss.RunAsync(
        [
            "node", "init", "--passphrase-in-folder", "--data", demo.Combine("other"),
            "--country", "EE", "--kind", "PROVIDER",
            "--endpoint", "127.0.0.1:1", "--directory-root", demo.Combine("kept", "root", "directory-root.pub"),
            "--directory", demo.Combine("kept", "directory"),
        ]);
        await File.WriteAllTextAsync(demo.Combine("other", "passphrase"), "qzvx-not-the-right-one\n");

        var result = await Cbss.RunAsync(["node", "run", "--config", demo.Combine("other", "node.json")]);

        Assert.True(made.ExitCode == 0, made.Error);
        AssertRefused(result, 6, "CB-6102");
    }

    [Fact]
    public async Task Referral_FromConsentToArrival_GoesByCommandsAlone()
    {
        var caseId = await ConsentAsync("shelter_a");
        var id = await DraftAsync(caseId, "shelter_a");
        AssertRefused(
            await demo.RunAsync("sender", "worker", "referral", "new", DraftFile(caseId, "shelter_b")), 3, "CB-3104");

        var sent = await demo.RunAsync("sender", "worker", "referral", "send", id[..20]);
        Assert.True(sent.ExitCode == 0, sent.Error);
        Assert.Contains("delivered", sent.Output, StringComparison.Ordinal);
        var there = (await demo.AskAsync("shelter_a", "referral", "list")).GetProperty("referrals")[0]
            .GetProperty("referral_id").GetString()!;
        var opened = await demo.AskAsync(
            "shelter_a", "referral", "open", there, "--category", "SERVICES", "--purpose", "SHELTER");
        Assert.Equal(1, opened.GetProperty("section").GetProperty("services").GetProperty("services").GetArrayLength());
        AssertRefused(
            await demo.RunAsync(
                "shelter_a", "worker", "referral", "open", there, "--category", "IDENTITY", "--purpose", "SHELTER"),
            3,
            "CB-3104");

        await demo.AskAsync("shelter_a", "referral", "acknowledge", there, "--lead", "n.1", "--deputy", "n.2");
        AssertRefused(
            await demo.RunAsync("sender", "worker", "journey", "plan", id, MovementFile()), 3, "CB-3202");
        await demo.AskAsync(
            "shelter_a", "referral", "accept", there, "--until", Moment(20), "--service", "SAFE_ACCOMMODATION=OFFERED");
        await demo.AskAsync(
            "shelter_a", "document", "report", there, "--kind", "PASSPORT", "--status", "HELD_BY_PERSON",
            "--expires", "2031-01-31");
        await demo.AskAsync("sender", "journey", "plan", id, MovementFile());
        await demo.AskAsync("shelter_a", "journey", "confirm", there, "--version-seen", "1", "--stood-down");
        await demo.AskAsync("shelter_a", "journey", "arrived", there, "--outcome", "ARRIVED_CALLED_AS_AGREED");

        var shown = await demo.AskAsync("sender", "referral", "show", id);
        Assert.Equal("ARRIVED", shown.GetProperty("summary").GetProperty("state").GetString());
        var consent = (await demo.AskAsync("sender", "consent", "show", caseId)).GetProperty("consent");
        Assert.Equal(1, consent.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Packet_Proved_IsCheckedWithoutTheNodes()
    {
        var id = await DraftAsync(await ConsentAsync("shelter_a"), "shelter_a");
        var sent = await demo.RunAsync("sender", "worker", "referral", "send", id);
        Assert.True(sent.ExitCode == 0, sent.Error);
        var packet = await FinalPacketAsync(id);
        var packetId = packet.GetProperty("packet_id").GetString()!;
        var place = packet.GetProperty("receipt").GetProperty("final");
        var file = demo.Combine("handover.cbss-receipt");

        var proven = await demo.AskAsync("sender", "audit", "prove", packetId, "--out", file);
        var again = await demo.RunAsync("sender", "worker", "audit", "prove", packetId, "--out", file);
        var shown = await demo.RunAsync("sender", "worker", "referral", "show", id);
        var vkeys = demo.Combine("kept", "shelter_a", "export.vkeys");
        var key = proven.GetProperty("recipient_key").GetString()!;
        var right = await Cbss.RunAsync(
            ["audit", "verify-proof", file, "--vkeys", vkeys, "--identity-key", key, "--json"]);
        var wrong = await Cbss.RunAsync(
            ["audit", "verify-proof", file, "--vkeys", demo.Combine("kept", "operator", "export.vkeys")]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(demo.NodeId("shelter_a"), proven.GetProperty("recipient").GetString());
        AssertRefused(again, 1, "CB-1012");
        Assert.Contains("final: entry", shown.Output, StringComparison.Ordinal);
        Assert.True(right.ExitCode == 0, right.Error);
        var said = JsonElement.Parse(right.Output);
        Assert.Equal(packetId, said.GetProperty("packet_id").GetString());
        Assert.Equal(place.GetProperty("log").GetString(), said.GetProperty("origin").GetString());
        Assert.Equal(place.GetProperty("index").ToString(), said.GetProperty("index").ToString());
        Assert.True(said.GetProperty("receipt_signature_checked").GetBoolean());
        Assert.Equal(4, wrong.ExitCode);
        AssertRefused(
            await demo.RunAsync("sender", "worker", "audit", "prove", new string('1', 32)), 1, "CB-1014");
    }

    [Fact]
    public async Task Send_ToANodeThatIsDown_IsQueuedAndEndsWithFive()
    {
        var caseId = await ConsentAsync("shelter_b");
        var id = await DraftAsync(caseId, "shelter_b");
        demo.Kill("shelter_b");

        var sent = await demo.RunAsync("sender", "worker", "referral", "send", id, "--json", "--wait", "30");

        var row = JsonElement.Parse(sent.Output).GetProperty("outbox_id").GetString()!;
        var error = JsonElement.Parse(sent.Error);
        Assert.Equal(5, sent.ExitCode);
        Assert.Equal("QUEUED", error.GetProperty("left_machine").GetString());
        var items = (await demo.AskAsync("sender", "outbox", "list")).GetProperty("items");
        Assert.Contains(items.EnumerateArray(), item => item.GetProperty("outbox_id").GetString() == row);
        Assert.Equal(0, (await demo.RunAsync("sender", "worker", "outbox", "retry", row)).ExitCode);
    }

    // The recipient publishes every few seconds, and the sender asks it then; each look takes a part of a second.
    private async Task<JsonElement> FinalPacketAsync(string referral)
    {
        const int looksMax = 200;
        for (var look = 0; look < looksMax; look++)
        {
            var packet = (await demo.AskAsync("sender", "referral", "show", referral)).GetProperty("packets")[0];
            if (packet.TryGetProperty("receipt", out var receipt) && receipt.TryGetProperty("final", out _))
            {
                return packet;
            }
        }

        throw new TimeoutException("The receipt did not become final.");
    }

    private async Task<string> ConsentAsync(string recipient)
    {
        var node = demo.NodeId(recipient);
        var file = demo.Write($"consent-{recipient}.json", $$"""
            {
              "subject_alias": "Laine-77", "given_by": "PERSON", "capacity": "CAPABLE", "form": "SIGNED_PAPER",
              "language": "lv",
              "information_given": ["PURPOSE", "RECIPIENTS", "DATA_LIST", "RISKS_OF_SHARING", "RISKS_OF_NOT_SHARING",
                "RIGHT_TO_REFUSE", "NO_LOSS_OF_SERVICE", "WITHDRAWAL_HOW", "LIMITS_OF_CONFIDENTIALITY", "RETENTION"],
              "understanding_check": "TEACH_BACK",
              "grants": [
                { "category": "SERVICES", "recipient": "{{node}}", "purpose": "SHELTER", "onward": "NO" },
                { "category": "MOVEMENT", "recipient": "{{node}}", "purpose": "RECEPTION", "onward": "NO" }
              ],
              "permissions": { "embassy_contact": "NO", "police_sharing": "NO", "family_contact": "NO",
                "statistics": "NO" },
              "given_at": "{{Moment(-1)}}"
            }
            """);
        return (await demo.AskAsync("sender", "consent", "record", file)).GetProperty("case_id").GetString()!;
    }

    private async Task<string> DraftAsync(string caseId, string recipient) =>
        (await demo.AskAsync("sender", "referral", "new", DraftFile(caseId, recipient)))
        .GetProperty("referral_id").GetString()!;

    private string DraftFile(string caseId, string recipient) => demo.Write($"draft-{recipient}.json", $$"""
        {
          "case_id": "{{caseId}}", "recipient": "{{demo.NodeId(recipient)}}", "stage": "REFERRAL", "priority": "NORMAL",
          "from_country": "FI", "to_country": "LV",
          "sections": [ { "services": { "services": [ { "service": "SAFE_ACCOMMODATION", "status": "REQUESTED" } ] } } ]
        }
        """);

    private string MovementFile()
    {
        var day = DateTime.Parse(Moment(5), CultureInfo.InvariantCulture)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return demo.Write("movement.json", $$"""
            {
              "legs": [ { "mode": "BUS", "from_place": "Coach station",
                "departs": { "local": "{{day}}T08:00", "zone": "Etc/UTC" },
                "arrives": { "local": "{{day}}T12:00", "zone": "Etc/UTC" } } ],
              "arrival_place_kind": "PRIVATE_ADDRESS", "pickup_choice": "REFUSED",
              "refusal_effects_done": ["CONTACT_LIST_GIVEN", "CALL_AGREED"], "escort": "NONE",
              "fallback_contacts": [ { "alias": "duty.1", "phone": "000", "around_the_clock": true } ]
            }
            """);
    }

    private static string Moment(int days) => TimeProvider.System.GetUtcNow().AddDays(days)
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void AssertRefused(CbssResult result, int exitCode, string code)
    {
        Assert.True(result.ExitCode == exitCode, $"{result.ExitCode} {result.Error}");
        Assert.StartsWith(code, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }
}
