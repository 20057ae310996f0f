namespace CbssReturn.Casework.Common;

/// <summary>A record that holds what is known about a person. Printing it, on purpose or in a stray log line, shows the
/// name of its type and nothing else.</summary>
public abstract record Confidential
{
    /// <summary>Returns the name of the type, never a value.</summary>
    public sealed override string ToString() => $"[{GetType().Name}]";
}
