using System.Diagnostics;

namespace CbssReturn.EndToEnd.Tests;

[Collection(OneProgramAtATime.Name)]
public sealed class DemoInterruptTests(LiveDemo demo) : IClassFixture<LiveDemo>
{
    [Fact]
    public async Task Interrupt_DemoThatStaysUp_StopsEveryChild()
    {
        var processes = demo.Processes;
        Assert.Equal(6, processes.Count);
        Assert.All(processes, id => Assert.True(IsAlive(id)));

        var exitCode = await demo.InterruptAsync();

        Assert.Equal(0, exitCode);
        Assert.All(processes, id => Assert.False(IsAlive(id)));
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
