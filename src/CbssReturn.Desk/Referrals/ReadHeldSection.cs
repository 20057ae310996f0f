using CbssReturn.Casework.Common;
using CbssReturn.Desk.Cases;
using CbssReturn.Exchange;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Referrals;

/// <summary>Reads a section that lies in a received packet. Asks for no consent: callers do, or apply a rule of the
/// person's own without showing anything.</summary>
public sealed class ReadHeldSection(NodeContext node)
{
    private readonly CaseFiles _cases = new(node);

    /// <summary>Reads the newest version of a section.</summary>
    /// <returns>The section, or a refusal when it is no longer kept or does not open.</returns>
    internal async Task<Result<OpenedSection>> ReadAsync(SectionRecord section, CancellationToken ct)
    {
        var rowId = RowId.FromBytes(section.RowId.Span);
        var row = await node.Store.GetReceivedAsync(rowId, ct);
        var body = await node.Store.ReadBodyAsync(rowId, ct);
        if (row?.Secrets is null || body is null)
        {
            return new Refusal(RefusalCode.NotFound, "The section is no longer kept here.", "category");
        }

        if (!node.Open(SealedRows.Received, rowId, row.Secrets).TryGet(out var secrets, out var refusal)
            || !Envelope.Parse(body.Value).TryGet(out var envelope, out refusal))
        {
            return refusal;
        }

        var secret = OutboxFileCodec.DecodeSecrets(secrets)[section.PartIndex];
        return EnvelopeOpener.OpenPart(envelope, section.PartIndex, secret.Span)
            .Then(content => SectionReader.Read(section.Entry.Category, content, node.Now));
    }

    /// <summary>Finds the section that a conversation stands on: what was received, or, at the origin, what the case
    /// holds; null when there is none.</summary>
    /// <exception cref="InvalidOperationException">A section that was taken in does not open: a fault of this node.
    /// </exception>
    internal async Task<Section?> FindAsync(Conversation conversation, Category category, CancellationToken ct)
    {
        if (conversation.Incoming)
        {
            return conversation.File.Find(category) is { } section
                ? (await ReadAsync(section, ct)).Value.Content
                : null;
        }

        return conversation.CaseId is { } caseId
            && (await _cases.GetAsync(caseId, ct)).Value.File.Find(category) is { } own
            ? SectionReader.Read(category, own.Content.Span, node.Now).Value.Content
            : null;
    }
}
