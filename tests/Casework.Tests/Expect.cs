using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Tests;

/// <summary>Takes results apart in tests.</summary>
internal static class Expect
{
    public static T Value<T>(Result<T> result)
        where T : notnull
    {
        Assert.True(result.IsOk, result.ToString());
        return result.Value;
    }

    public static void Refusal<T>(RefusalCode code, string? field, Result<T> result)
        where T : notnull
    {
        Assert.False(result.IsOk, "A refusal was expected.");
        Assert.Equal((code, field), (result.Refusal.Code, result.Refusal.Field));
    }
}
