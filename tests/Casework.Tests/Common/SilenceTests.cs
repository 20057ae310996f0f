using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Tests.Common;

/// <summary>No stray log line may tell what is known about a person (docs/spec/casework.md, rule 1.6).</summary>
public sealed class SilenceTests
{
    [Fact]
    public void EveryRecordThatCanHoldWords_IsSilent()
    {
        var speaking = typeof(Section).Assembly.GetExportedTypes()
            .Where(type => type.GetProperties().Any(property => HoldsWords(property.PropertyType)))
            // These two say nothing by a ToString of their own, which their own tests hold.
            .Where(type => type != typeof(FreeText) && type != typeof(LocalMoment))
            .Where(type => !typeof(Confidential).IsAssignableFrom(type))
            .Where(type => !type.IsGenericTypeDefinition)
            .Select(type => type.FullName)
            .ToList();

        Assert.Empty(speaking);
    }

    [Fact]
    public void EverySection_Printed_ShowsItsTypeAlone()
    {
        Section[] sections =
        [
            Samples.Services(),
            Expect.Value(Casework.Identity.IdentitySection.Create(Samples.Identity(), Samples.Now)),
            Expect.Value(Casework.Documents.TravelDocumentsSection.Create(Samples.Documents())),
            Expect.Value(Casework.Movement.MovementSection.Create(Samples.Movement())),
            Expect.Value(Casework.Risk.RiskSection.Create(Samples.Risk())),
        ];

        Assert.All(sections, section => Assert.Equal($"[{section.GetType().Name}]", section.ToString()));
    }

    private static bool HoldsWords(Type type) =>
        type == typeof(FreeText)
        || type == typeof(DateOnly)
        || type == typeof(DateOnly?)
        || (type.IsGenericType && type.GetGenericArguments().Any(HoldsWords));
}
