using CbssReturn.Desk.Keys;
using CbssReturn.Exchange;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Receiving;

/// <summary>Takes in one delivered envelope, in the order of docs/spec/referral-packet.md, section 10.</summary>
/// <remarks>
/// Until the signature of the delivering peer verifies nothing is stored, and the answer is unsigned (ADR 0006). From
/// then on every answer but KEY_GONE is signed and stored. The peer never learns which check failed; the local log
/// does.
/// </remarks>
public sealed class ReceivePacket(NodeContext node, EpochKeys keys, StorePacket store, IRefusalLog log)
{
    /// <summary>How long after its retirement a key's last packets may arrive.</summary>
    public static readonly TimeSpan RetiredKeyGrace = TimeSpan.FromDays(14);

    private static readonly TimeSpan NoDirectoryFor = TimeSpan.FromMinutes(1);

    /// <summary>Takes in an envelope.</summary>
    /// <param name="envelope">The envelope as it came over the wire, at most 16 MiB.</param>
    /// <param name="peer">Who delivered it: the owner of the pinned TLS key.</param>
    /// <param name="ct">Honoured until the store has accepted the packet; from then on the answer comes anyway.</param>
    /// <exception cref="Storage.StoreException">The store cannot work now; nothing is answered for.</exception>
    public async Task<DeliveryAnswer> ReceiveAsync(
        ReadOnlyMemory<byte> envelope, NodeId peer, CancellationToken ct)
    {
        // Whom the directory shut out meanwhile nobody knows, once it has ended. A newer one may come at any time.
        if (node.Directory.IsExpired)
        {
            log.Refused(RefusalCode.DirectoryExpired, null);
            return new DeliveryAnswer.Busy(NoDirectoryFor);
        }

        // 1. Bounded strict parse.
        if (!Envelope.Parse(envelope).TryGet(out var parsed, out var refusal))
        {
            return Unsigned(refusal);
        }

        // 2. Known already? The same envelope gets the same receipt, byte for byte, if its sender asks.
        var known = await node.Store.FindReceivedAsync(parsed.Head.SenderKid, parsed.Head.PacketId, ct);
        if (known is not null
            && known.EnvelopeHash == parsed.Hash
            && SenderKey.IsOf(node, parsed.Head.SenderKid, peer))
        {
            return new DeliveryAnswer.Receipted(known.Receipt);
        }

        // 3 and 4. The sender is who delivers, and signed this.
        var sender = SenderKey.Find(node, parsed.Head, peer);
        if (!sender.TryGet(out var key, out refusal)
            || !parsed.VerifySignature(key.Key).TryGet(out _, out refusal))
        {
            return Unsigned(refusal);
        }

        if (known is not null)
        {
            log.Refused(RefusalCode.PacketIdReused, null);
            return await store.ConflictAsync(parsed, peer, ct);
        }

        if (!key.CheckState(parsed.Head, node.Now).TryGet(out _, out refusal)
            || !parsed.CheckWindow(node.Now).TryGet(out _, out refusal))
        {
            return await RefuseAsync(parsed, peer, refusal, quarantine: false, ct);
        }

        // 5. Sealed to a key that is held.
        if (keys.Find(parsed.Head.RecipientRid) is not { } own)
        {
            return KeyGone();
        }

        if (DateTimeOffset.FromUnixTimeSeconds((long)parsed.Head.NotAfter)
            > EpochCalendar.NotAfter(own.Day) + EpochCalendar.EnvelopeAfterKeyMax)
        {
            var tooLong = new Refusal(RefusalCode.EnvelopeLifetimeTooLong, "The envelope claims to last too long.");
            return await RefuseAsync(parsed, peer, tooLong, quarantine: false, ct);
        }

        // 6. Open everything in memory and read what it says.
        if (!own.Open(parsed).TryGet(out var opened, out refusal))
        {
            return refusal.Code is RefusalCode.RecipientKeyGone
                ? KeyGone()
                : await RefuseAsync(parsed, peer, refusal, quarantine: true, ct);
        }

        using (opened)
        {
            // Received before a rollback took its row: whoever has the envelope cannot have it taken in twice, and who
            // sends in earnest seals anew, as to every key of that time.
            if (await node.Audit.IsLostTagAsync(Digest.FromBytes(opened.TransferTag), ct))
            {
                return KeyGone();
            }

            if (!PacketReader.Read(opened.Parts, node.Now).TryGet(out var packet, out refusal))
            {
                return await RefuseAsync(parsed, peer, refusal, quarantine: true, ct);
            }

            // 7. One transaction.
            var stored = await store.StoreAsync(parsed, opened, packet, peer, ct);
            return stored.TryGet(out var answer, out refusal)
                ? answer
                : await RefuseAsync(parsed, peer, refusal, quarantine: true, ct);
        }
    }

    private async Task<DeliveryAnswer> RefuseAsync(
        Envelope envelope, NodeId peer, Refusal refusal, bool quarantine, CancellationToken ct)
    {
        log.Refused(refusal.Code, refusal.LocalDetail);
        return await store.RefuseAsync(envelope, peer, refusal.Code, quarantine, ct);
    }

    private DeliveryAnswer.KeyGone KeyGone()
    {
        log.Refused(RefusalCode.RecipientKeyGone, null);
        return new DeliveryAnswer.KeyGone();
    }

    private DeliveryAnswer.Unsigned Unsigned(Refusal refusal)
    {
        log.Refused(refusal.Code, refusal.LocalDetail);
        return new DeliveryAnswer.Unsigned();
    }
}
