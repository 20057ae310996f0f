using System.Diagnostics;
using CbssReturn.Sealing;

namespace CbssReturn.Bench.Sealing;

/// <summary>Times sealing and opening one packet beside the floor, all four interleaved in one process.</summary>
internal sealed class SealingBench
{
    private const int WarmUpRounds = 300;

    // A packet as it is: manifest, excerpt, five sections that share the payload, one dummy.
    private const int SectionCount = 5;
    private const int ManifestSizeBytes = 900;
    private const int ExcerptSizeBytes = 600;
    private const int PaddingMinBytes = 2048;

    private readonly int _rounds;

    public SealingBench(int rounds) => _rounds = rounds;

    public SealingResult Run(int payloadSizeBytes)
    {
        using var sender = SigningKey.Generate();
        using var recipient = KemPrivateKey.Generate();
        var parts = Parts(payloadSizeBytes);
        var floor = new Floor(parts.Select(part => Padded(part.Length)));
        var now = TimeProvider.System.GetUtcNow();
        var wire = Array.Empty<byte>();

        void Seal()
        {
            using var envelope = EnvelopeSealer.Seal(
                sender, recipient.Public, PacketId.NewRandom(), now, now.AddDays(1), parts);
            wire = envelope.Wire;
        }

        void Open()
        {
            var envelope = Envelope.Parse(wire).Value;
            if (!envelope.VerifySignature(sender.Public).IsOk || !envelope.CheckWindow(now).IsOk)
            {
                throw new InvalidOperationException("The bench's own envelope is refused.");
            }

            using var opened = EnvelopeOpener.Open(envelope, recipient).Value;
        }

        var times = Measure([Seal, Open, floor.Seal, floor.Open]);
        return new SealingResult(payloadSizeBytes, wire.Length, _rounds, times[0], times[1], times[2], times[3]);
    }

    private double[] Measure(Action[] actions)
    {
        for (var round = 0; round < WarmUpRounds; round++)
        {
            foreach (var action in actions)
            {
                action();
            }
        }

        var samples = actions.Select(_ => new double[_rounds]).ToArray();
        for (var round = 0; round < _rounds; round++)
        {
            for (var index = 0; index < actions.Length; index++)
            {
                var start = Stopwatch.GetTimestamp();
                actions[index]();
                samples[index][round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }
        }

        return [.. samples.Select(Median)];
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static ReadOnlyMemory<byte>[] Parts(int payloadSizeBytes)
    {
        var sections = Enumerable.Range(0, SectionCount)
            .Select(index => (payloadSizeBytes + index) / SectionCount);
        int[] sizes = [ManifestSizeBytes, ExcerptSizeBytes, .. sections, 0];
        return [.. sizes.Select(size => new ReadOnlyMemory<byte>(new byte[size]))];
    }

    private static int Padded(int length)
    {
        var size = PaddingMinBytes;
        while (size < length + sizeof(uint))
        {
            size *= 2;
        }

        return size;
    }
}
