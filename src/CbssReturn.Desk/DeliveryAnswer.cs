using System.Diagnostics.CodeAnalysis;
using CbssReturn.Storage.Rows;

namespace CbssReturn.Desk;

/// <summary>What a node answers to one delivered envelope (docs/spec/exchange.md).</summary>
public abstract record DeliveryAnswer
{
    private DeliveryAnswer()
    {
    }

    /// <summary>Stored, refused or in conflict, signed: the matter is closed.</summary>
    /// <param name="Receipt">The receipt, byte for byte as it is stored.</param>
    public sealed record Receipted(StoredReceipt Receipt) : DeliveryAnswer;

    /// <summary>The envelope is sealed to a key that is gone: seal it again.</summary>
    public sealed record KeyGone : DeliveryAnswer;

    /// <summary>Refused before a sender was proven, so there is nobody to sign for. Never repeat.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "The word of the wire: an answer without a signature.")]
    public sealed record Unsigned : DeliveryAnswer;

    /// <summary>Not taken now.</summary>
    /// <param name="RetryAfter">When to repeat.</param>
    public sealed record Busy(TimeSpan RetryAfter) : DeliveryAnswer;
}
