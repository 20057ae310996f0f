using Org.BouncyCastle.Security;

namespace CbssReturn.Sealing.Primitives;

/// <summary>Hands the caller's bytes to a library that insists on drawing them itself. Good for exactly one draw of
/// exactly that many bytes; everything else throws, so that no library change can make it repeat itself.</summary>
internal sealed class FixedRandom : SecureRandom
{
    private readonly byte[] _bytes;
    private bool _isUsed;

    /// <summary>Lends the bytes; the caller zeroes them.</summary>
    public FixedRandom(byte[] bytes)
        : base(null) => _bytes = bytes;

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        if (_isUsed || buffer.Length != _bytes.Length)
        {
            throw new InvalidOperationException("The bytes are good for one draw.");
        }

        _isUsed = true;
        _bytes.CopyTo(buffer);
    }

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    /// <inheritdoc/>
    public override void NextBytes(byte[] buf, int off, int len) => NextBytes(buf.AsSpan(off, len));

    /// <inheritdoc/>
    public override byte[] GenerateSeed(int length) => throw new InvalidOperationException("There is no seed here.");
}
