using System.Diagnostics.CodeAnalysis;

namespace CbssReturn.Outcomes;

/// <summary>Exactly one of a value and a <see cref="Outcomes.Refusal"/>.</summary>
/// <remarks>For an expected "no" only; a promise broken by our own code is an exception (style sheet, rule 24).
/// <c>default</c> is neither and throws on every use.</remarks>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct Result<T>
    where T : notnull
{
    private readonly T? _value;
    private readonly Refusal? _refusal;
    private readonly bool _isOk;

    private Result(T? value, Refusal? refusal, bool isOk) => (_value, _refusal, _isOk) = (value, refusal, isOk);

    /// <summary>Whether there is a value.</summary>
    public bool IsOk => _isOk;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is a refusal instead.</exception>
    public T Value => _isOk
        ? _value!  // set whenever _isOk is
        : throw new InvalidOperationException($"There is no value: {_refusal}.");

    /// <summary>The refusal.</summary>
    /// <exception cref="InvalidOperationException">There is a value instead.</exception>
    public Refusal Refusal =>
        _refusal ?? throw new InvalidOperationException("There is no refusal.");

    /// <summary>Wraps a value.</summary>
    public static implicit operator Result<T>(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Result<T>(value, null, true);
    }

    /// <summary>Wraps a refusal.</summary>
    public static implicit operator Result<T>(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new Result<T>(default, refusal, false);
    }

    /// <summary>Takes either side apart in one step.</summary>
    /// <returns>True and a value, or false and a refusal.</returns>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = (_value, _refusal);
        return _isOk || refusal is not null ? _isOk : throw new InvalidOperationException("An unset result.");
    }

    /// <summary>Goes on with the value, or passes the refusal through.</summary>
    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next)
        where TNext : notnull
    {
        ArgumentNullException.ThrowIfNull(next);
        return TryGet(out var value, out var refusal) ? next(value) : refusal;
    }

    /// <summary>Returns the refusal's code or a plain word, never the value.</summary>
    public override string ToString() => _isOk ? "ok" : _refusal?.ToString() ?? "unset";
}
