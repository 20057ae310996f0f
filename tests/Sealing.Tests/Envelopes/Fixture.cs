using CbssReturn.Outcomes;

namespace CbssReturn.Sealing.Tests;

/// <summary>Fixed keys, a fixed moment, and envelopes made with them.</summary>
internal static class Fixture
{
    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    public static readonly SigningKey Sender = SigningKey.FromSeed(Filled(32, 1));
    public static readonly KemPrivateKey Recipient = KemPrivateKey.FromSeed(Filled(32, 2));

    public static byte[] Filled(int size, byte value)
    {
        var bytes = new byte[size];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    /// <summary>Seals for the product: 8 parts, of which the first are given.</summary>
    public static SealedEnvelope Seal(params ReadOnlySpan<byte[]> parts)
    {
        var all = new ReadOnlyMemory<byte>[EnvelopeSealer.PartCountFor(Math.Max(1, parts.Length))];
        for (var i = 0; i < parts.Length; i++)
        {
            all[i] = parts[i];
        }

        return EnvelopeSealer.Seal(Sender, Recipient.Public, PacketId.NewRandom(), Now, Now.AddDays(3), all);
    }

    /// <summary>The smallest envelope, one part of 2 KiB, so that all its bits can be tried.</summary>
    public static byte[] SmallWire(byte[] data)
    {
        using var sealedEnvelope = EnvelopeSealer.Seal(
            Sender,
            Recipient.Public,
            PacketId.FromBytes(Filled(16, 3)),
            (ulong)Now.ToUnixTimeSeconds(),
            (ulong)Now.AddDays(3).ToUnixTimeSeconds(),
            [data],
            Filled(64, 4));
        return sealedEnvelope.Wire;
    }

    /// <summary>All that a receiver does in this room, in its order.</summary>
    public static Result<OpenedEnvelope> Receive(ReadOnlyMemory<byte> wire, bool isAnyPartCount = false) =>
        Envelope.Parse(wire, isAnyPartCount).Then<OpenedEnvelope>(envelope =>
        {
            if (!envelope.VerifySignature(Sender.Public).TryGet(out _, out var refusal)
                || !envelope.CheckWindow(Now).TryGet(out _, out refusal))
            {
                return refusal;
            }

            return EnvelopeOpener.Open(envelope, Recipient);
        });

    /// <summary>The code of a refusal to receive; none when it was received.</summary>
    public static RefusalCode? CodeOf(ReadOnlyMemory<byte> wire, bool isAnyPartCount = false)
    {
        if (Receive(wire, isAnyPartCount).TryGet(out var opened, out var refusal))
        {
            opened.Dispose();
            return null;
        }

        return refusal.Code;
    }

    /// <summary>Signs a changed head again, as a sender would who breaks the rules.</summary>
    public static void Resign(byte[] wire)
    {
        var headSize = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(wire);
        SigningRule.Sign(Sender, Suite.One, "head", wire.AsMemory(4, headSize)).CopyTo(wire, 4 + headSize);
    }
}
