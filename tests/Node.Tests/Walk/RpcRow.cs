namespace CbssReturn.Node.Tests.Walk;

/// <summary>One row of the table: what is called, and what the nodes note of it.</summary>
/// <param name="Do">Sets the scene, marks it, and calls.</param>
/// <param name="Here">What the caller's node notes, or the one whose desk is called.</param>
/// <param name="There">What the node notes that is called.</param>
internal sealed record RpcRow(Func<RpcScene, Task> Do, string[] Here, string[] There)
{
    public static RpcRow Nothing(Func<RpcScene, Task> action) => new(action, [], []);

    public static RpcRow AtDesk(Func<RpcScene, Task> action, params string[] here) => new(action, here, []);

    public static RpcRow AtPeer(Func<RpcScene, Task> action, params string[] there) => new(action, [], there);
}
