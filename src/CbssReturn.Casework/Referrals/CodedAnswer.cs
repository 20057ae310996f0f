using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Referrals;

/// <summary>What a packet says in codes. Holds nothing of class P, X or L, and so needs no grant
/// (docs/spec/casework.md, section 10). Lists of codes here are closed: an unknown code is refused.</summary>
public abstract record CodedAnswer : Confidential
{
    private protected CodedAnswer()
    {
    }

    /// <summary>The only kind of packet that carries it.</summary>
    public abstract MessageKind Kind { get; }
}
