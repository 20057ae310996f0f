namespace CbssReturn.Desk.Tests.Audit;

/// <summary>One row of the table: a use case in one setting, and exactly what it leaves in the audit intake.</summary>
/// <param name="Do">Sets the scene, marks it, calls the use case.</param>
/// <param name="AtOrigin">What the origin notes after the mark, in order.</param>
/// <param name="AtReceiver">What the receiver notes after the mark, in order.</param>
internal sealed record WalkRow(
    Func<Scene, Task> Do, IReadOnlyList<Noted> AtOrigin, IReadOnlyList<Noted> AtReceiver)
{
    public static WalkRow Of(Func<Scene, Task> act, params IReadOnlyList<Noted> atOrigin) => new(act, atOrigin, []);

    /// <summary>A use case that reads, or that keeps house: it notes nothing.</summary>
    public static WalkRow Nothing(Func<Scene, Task> act) => new(act, [], []);
}
