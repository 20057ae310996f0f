using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Cases;
using CbssReturn.Desk.Referrals;
using CbssReturn.Exchange;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk.Outbox;

/// <summary>Asks of a packet that was sealed before whether it may still leave: meanwhile the person may have agreed to
/// less, or the case may have been stopped (docs/spec/casework.md, rule 2.17).</summary>
internal sealed class OutgoingCheck(NodeContext node)
{
    /// <summary>Asks of a packet as it lies in the outbox.</summary>
    /// <param name="person">The case as it is now, or as it will be.</param>
    /// <param name="conversation">The conversation that the packet belongs to.</param>
    /// <param name="kind">What the packet says.</param>
    /// <param name="row">Its row.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Done, or why it must not leave.</returns>
    public async Task<Result<Done>> CheckAsync(
        OpenCase person, Conversation conversation, MessageKind kind, OutboxRow row, CancellationToken ct)
    {
        var ofCase = CheckCase(person, kind);
        if (!ofCase.IsOk || !DisclosureRules.CarriesSections(kind))
        {
            return ofCase;
        }

        return await node.Store.ReadBodyAsync(row.RowId, ct) is { } wire
            ? OpenParts(row, wire).Then(parts => CheckSections(person, conversation, parts))
            : new Refusal(RefusalCode.NotFound, "The packet is no longer kept here.");
    }

    /// <summary>Asks of a packet by its opened parts.</summary>
    public Result<Done> Check(
        OpenCase person, Conversation conversation, MessageKind kind, IReadOnlyList<ReadOnlyMemory<byte>> parts) =>
        CheckCase(person, kind).Then(_ => CheckSections(person, conversation, parts));

    /// <summary>Opens the parts of an envelope of this node's own.</summary>
    public Result<IReadOnlyList<ReadOnlyMemory<byte>>> OpenParts(OutboxRow row, ReadOnlyMemory<byte> wire)
    {
        if (!node.OpenFile(row).TryGet(out var file, out var refusal)
            || !Envelope.Parse(wire).TryGet(out var envelope, out refusal))
        {
            return refusal;
        }

        var parts = new List<ReadOnlyMemory<byte>>();
        for (var index = 0; index < file.Secrets.Count; index++)
        {
            if (!EnvelopeOpener.OpenPart(envelope, index, file.Secrets[index].Span).TryGet(out var part, out refusal))
            {
                return refusal;
            }

            parts.Add(part);
        }

        return parts;
    }

    private static Result<Done> CheckCase(OpenCase person, MessageKind kind) =>
        person.File.StoppedPossibleMinor && !DisclosureRules.MayLeaveStoppedCase(kind)
            ? DraftReferral.PossibleMinor()
            : Done.Instance;

    private Result<Done> CheckSections(
        OpenCase person, Conversation conversation, IReadOnlyList<ReadOnlyMemory<byte>> parts) =>
        PacketReader.ReadSections(parts).Then(sections => CheckGrants(person, conversation.File, sections));

    private Result<Done> CheckGrants(OpenCase person, ConversationFile file, IReadOnlyList<ReceivedSection> sections)
    {
        if (sections.Count == 0)
        {
            return Done.Instance;
        }

        // The packet tells the person's answers as they were; told again, they must still be hers.
        var told = RecipientCheck.PermissionsIn(file.Excerpt);
        if (person.Consent is not { } consent
            || consent.Permissions with { Statistics = told.Statistics } != told)
        {
            return AgreedToSomethingElse();
        }

        var recipient = RecipientId.FromBytes(file.Peer.ToArray()).Value;
        foreach (var (entry, _) in sections)
        {
            if (!consent.Decide(entry.Category, recipient, entry.Purpose, node.Now).TryGet(out var grant, out var no))
            {
                return no;
            }

            // The packet tells the recipient until when it may open the section.
            if (entry.ExpiresAt > grant.ExpiresAt)
            {
                return AgreedToSomethingElse();
            }
        }

        return Done.Instance;
    }

    private static Refusal AgreedToSomethingElse() =>
        new(RefusalCode.ConsentNotActive, "The person agreed to something else meanwhile.");
}
