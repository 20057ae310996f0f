using CbssReturn.Casework.Common;
using CbssReturn.Casework.Risk;
using CbssReturn.Outcomes;
using CsCheck;

namespace CbssReturn.Casework.Tests.Risk;

/// <summary>Joint risk assessment (docs/spec/casework.md, section 5).</summary>
public sealed class RiskSectionTests
{
    private static readonly Gen<RiskLevel> Levels = Gen.Int[0, 4].Select(level => (RiskLevel)level);

    private static readonly Gen<IdentifiedRisk> Risks =
        from phase in Gen.Int[1, 4]
        from likelihood in Gen.UInt[1, 4]
        from severity in Gen.UInt[1, 4]
        select Risk((JourneyPhase)phase, likelihood, severity);

    private static readonly Gen<RiskContribution> Contributions =
        from author in Gen.Int[2, 8]
        from takesPart in Gen.Bool
        from risks in Risks.List[0, 4]
        from levels in Gen.Select(Levels, Levels, Levels, Levels)
        select takesPart
            ? Raised(Samples.Contribution((RiskAuthor)author, RiskLevel.Unspecified) with
            {
                Risks = risks.ToValueList(),
                Levels = new PhaseLevels(levels.Item1, levels.Item2, levels.Item3, levels.Item4),
            })
            : Samples.Contribution((RiskAuthor)author, default, Participation.NotAvailable);

    [Theory]
    [InlineData(1, 1, RiskLevel.Low)]
    [InlineData(1, 2, RiskLevel.Low)]
    [InlineData(1, 3, RiskLevel.Low)]
    [InlineData(1, 4, RiskLevel.Medium)]
    [InlineData(2, 2, RiskLevel.Medium)]
    [InlineData(2, 3, RiskLevel.Medium)]
    [InlineData(2, 4, RiskLevel.High)]
    [InlineData(3, 3, RiskLevel.High)]
    [InlineData(3, 4, RiskLevel.Extreme)]
    [InlineData(4, 4, RiskLevel.Extreme)]
    public void LevelOf_Matrix_IsTheProduct(uint likelihood, uint severity, RiskLevel level)
    {
        Assert.Equal(level, RiskRules.LevelOf(likelihood, severity));
        Assert.Equal(level, RiskRules.LevelOf(severity, likelihood));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 5)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    public void LevelOf_OutsideTheScale_IsNoLevel(uint likelihood, uint severity) =>
        Assert.Equal(RiskLevel.Unspecified, RiskRules.LevelOf(likelihood, severity));

    [Fact]
    public void Create_AnyContributions_HighestOfWhoTookPartCounts()
    {
        var assessment =
            from person in Levels
            from others in Contributions.List[0, 8]
            select others.Prepend(Samples.Contribution(RiskAuthor.Person, person)).ToArray();

        assessment.Sample(contributions =>
        {
            var section = Expect.Value(RiskSection.Create(Samples.Risk(contributions)));

            return PhaseLevels.Phases.All(phase =>
            {
                // Worked out the long way: every level and every risk of everybody who took part.
                var seen = contributions.Where(contribution => contribution.IsContributed)
                    .SelectMany(contribution => contribution.Risks
                        .Where(risk => risk.Phase == phase)
                        .Select(risk => risk.Level)
                        .Append(contribution.Levels[phase]))
                    .ToList();
                return section.Details.Overall[phase] == seen.Max()
                    && seen.TrueForAll(level => level <= section.Details.Overall[phase]);
            });
        });
    }

    [Fact]
    public void Create_OneMoreContribution_NeverLowersALevel()
    {
        var assessment =
            from others in Contributions.List[0, 6]
            from one in Contributions
            select (Before: others.Prepend(Samples.Contribution(RiskAuthor.Person, RiskLevel.Low)).ToArray(), one);

        assessment.Sample(sample =>
        {
            var before = Expect.Value(RiskSection.Create(Samples.Risk(sample.Before))).Details.Overall;
            var after = Expect.Value(
                RiskSection.Create(Samples.Risk([.. sample.Before, sample.one]))).Details.Overall;
            return PhaseLevels.Phases.All(phase => after[phase] >= before[phase]);
        });
    }

    [Fact]
    public void Create_PoliceLowerAlone_Refused() => Refused(
        RefusalCode.RiskLowered,
        "consensus[0].signed_by",
        Three() with { Consensus = [Consensus(RiskLevel.High, 2)] });

    [Fact]
    public void Create_AllLowerTogether_Taken()
    {
        var section = Expect.Value(RiskSection.Create(
            Three() with { Consensus = [Consensus(RiskLevel.High, 0, 1, 2)] }));

        Assert.Equal(RiskLevel.High, section.Details.Overall.Arrival);
        Assert.Equal(Samples.Now.AddHours(72), section.ReassessDue);
    }

    [Theory]
    [InlineData(new uint[] { 1, 2 })]
    [InlineData(new uint[] { 0, 1 })]
    [InlineData(new uint[] { 0, 1, 1 })]
    [InlineData(new uint[] { 0, 1, 2, 3 })]
    [InlineData(new uint[] { })]
    public void Create_ConsensusThatIsNotOfAll_Refused(uint[] signedBy) => Refused(
        RefusalCode.RiskLowered,
        "consensus[0].signed_by",
        Three() with { Consensus = [Consensus(RiskLevel.High, signedBy)] });

    [Fact]
    public void Create_ConsensusWithoutThePerson_Refused() => Refused(
        RefusalCode.RiskLowered,
        "consensus[0].signed_by",
        Samples.Risk(
            Samples.Contribution(RiskAuthor.Person, default, Participation.Declined),
            Samples.Contribution(RiskAuthor.ProviderSending, RiskLevel.Extreme)) with
        {
            Consensus = [Consensus(RiskLevel.High, 1)],
        });

    [Fact]
    public void Create_ConsensusThatRaises_Refused() => Refused(
        RefusalCode.FieldNotAllowed,
        "consensus[0].level",
        Three() with { Consensus = [Consensus(RiskLevel.Extreme, 0, 1, 2)] });

    [Theory]
    [InlineData(RiskLevel.High, RefusalCode.RiskLowered)]
    [InlineData((RiskLevel)5, RefusalCode.FieldNotAllowed)]
    public void Create_OverallThatIsNotTheHighest_Refused(RiskLevel arrival, RefusalCode code) => Refused(
        code,
        "overall.arrival",
        Three() with { Overall = PhaseLevels.None with { Arrival = arrival } });

    [Fact]
    public void Create_AuthorBelowOwnRisks_Refused() => Refused(
        RefusalCode.RiskLowered,
        "contributions[0].levels.arrival",
        Samples.Risk(Samples.Contribution(RiskAuthor.Person, RiskLevel.Medium) with
        {
            Risks = [Risk(JourneyPhase.Arrival, 4, 4)],
        }));

    [Theory]
    [InlineData(RiskRecommendation.TravelOk)]
    [InlineData(RiskRecommendation.TravelWithMeasures)]
    public void Create_ExtremeOnArrival_NobodyIsAdvisedToTravel(RiskRecommendation recommendation)
    {
        Refused(
            RefusalCode.RecommendationDoesNotFit,
            "recommendation",
            Three() with { Recommendation = recommendation });
        Expect.Value(RiskSection.Create(Three() with
        {
            Recommendation = recommendation,
            Consensus = [Consensus(RiskLevel.High, 0, 1, 2)],
        }));
    }

    [Fact]
    public void Create_NewerLevelAboveExtreme_CountsAsExtreme() => Refused(
        RefusalCode.RecommendationDoesNotFit,
        "recommendation",
        Samples.Risk(Samples.Contribution(RiskAuthor.Person, (RiskLevel)9)) with
        {
            Recommendation = RiskRecommendation.TravelOk,
        });

    [Fact]
    public void Create_PoliceNotInvitedByWish_IsValidAndLowersConfidenceAlone()
    {
        var section = Expect.Value(RiskSection.Create(Samples.Risk(
            Samples.Contribution(RiskAuthor.Person, RiskLevel.Medium),
            Samples.Contribution(
                RiskAuthor.LawEnforcementSending, default, Participation.NotInvitedByWishOfPerson))));

        Assert.Equal(RiskConfidence.Low, section.Confidence);
        Assert.Equal(RiskLevel.Medium, section.Details.Overall.Arrival);
        Assert.Equal(RiskConfidence.Full, Expect.Value(RiskSection.Create(Three())).Confidence);
    }

    [Theory]
    [InlineData(RiskLevel.Extreme, 24)]
    [InlineData(RiskLevel.High, 72)]
    [InlineData(RiskLevel.Medium, 14 * 24)]
    [InlineData(RiskLevel.Low, 30 * 24)]
    [InlineData(RiskLevel.Unspecified, 30 * 24)]
    public void ReassessDue_NotWritten_ByTheHighestLevel(RiskLevel level, int hours)
    {
        var section = Expect.Value(RiskSection.Create(
            Samples.Risk(Samples.Contribution(RiskAuthor.Person, level))));

        Assert.Equal(Samples.Now.AddHours(hours), section.ReassessDue);
        Assert.Equal(section.ReassessDue, section.Details.ReassessDue);
        Assert.False(section.IsOverdue(section.ReassessDue.AddTicks(-1)));
        Assert.True(section.IsOverdue(section.ReassessDue));
    }

    [Fact]
    public void ReassessDue_Written_SoonerButNeverLater()
    {
        Assert.Equal(
            Samples.Now.AddHours(3),
            Expect.Value(RiskSection.Create(Three() with { ReassessDue = Samples.Now.AddHours(3) })).ReassessDue);
        Refused(RefusalCode.DatesContradict, "reassess_due", Three() with { ReassessDue = Samples.Now.AddHours(25) });
        Refused(RefusalCode.DatesContradict, "reassess_due", Three() with { ReassessDue = Samples.Now.AddHours(-1) });
    }

    [Theory]
    [InlineData(72, true)]
    [InlineData(73, false)]
    public void IsCurrentFor_Departure_MadeInTheLast72Hours(int hours, bool isCurrent) =>
        Assert.Equal(
            isCurrent, Expect.Value(RiskSection.Create(Samples.Risk())).IsCurrentFor(Samples.Now.AddHours(hours)));

    [Fact]
    public void IsCurrentFor_ExtremeAndTwoDays_IsOverdueByThen() =>
        Assert.False(Expect.Value(RiskSection.Create(Three())).IsCurrentFor(Samples.Now.AddHours(48)));

    [Fact]
    public void HasOpenDissent_UntilItIsSettled()
    {
        var dissent = new RiskDissent { Contribution = 2, Phase = JourneyPhase.Arrival, OwnLevel = RiskLevel.Medium };

        Assert.True(Expect.Value(RiskSection.Create(Three() with { Dissent = [dissent] })).HasOpenDissent);
        Assert.False(Expect.Value(RiskSection.Create(Three() with
        {
            Dissent = [dissent with { Resolution = DissentResolution.Agreed }],
        })).HasOpenDissent);
        Refused(RefusalCode.NumberOutOfRange, "dissent[0].contribution", Three() with
        {
            Dissent = [dissent with { Contribution = 3 }],
        });
    }

    [Fact]
    public void Create_ContributionOfWhoTookNoPart_Refused()
    {
        var absent = Samples.Contribution(RiskAuthor.Health, default, Participation.InvitedNoAnswer);

        Refused(RefusalCode.FieldNotAllowed, "contributions[1].levels", With(absent with
        {
            Levels = PhaseLevels.None with { Transit = RiskLevel.Low },
        }));
        Refused(RefusalCode.FieldNotAllowed, "contributions[1].signed_at", With(absent with
        {
            SignedAt = Samples.Now,
        }));
        Refused(RefusalCode.FieldNotAllowed, "contributions[1].own_words", With(absent with
        {
            OwnWords = Samples.Text("Hm"),
        }));
        Refused(RefusalCode.FieldMissing, "contributions", Samples.Risk(absent));
    }

    [Fact]
    public void Create_ContributionNobodyStoodBy_Refused()
    {
        var present = Samples.Contribution(RiskAuthor.Health, RiskLevel.Low);

        Refused(RefusalCode.FieldMissing, "contributions[1].signed_at", With(present with { SignedAt = null }));
        Refused(RefusalCode.FieldMissing, "contributions[1].attestation", With(present with { Attestation = null }));
        Refused(RefusalCode.FieldMissing, "contributions[1].attestation.witness_role", With(present with
        {
            Attestation = new Attestation(Casework.Consent.ConsentForm.OralWitnessed, default, null),
        }));
    }

    [Fact]
    public void Create_PersonTwice_Refused() => Refused(
        RefusalCode.ValueTwice, "contributions", With(Samples.Contribution(RiskAuthor.Person, RiskLevel.Low)));

    [Fact]
    public void Create_VersionThatReplacesItself_Refused()
    {
        Refused(RefusalCode.NumberOutOfRange, "supersedes", Samples.Risk() with { Version = 2, Supersedes = 2 });
        Refused(RefusalCode.NumberOutOfRange, "version", Samples.Risk() with { Version = 0 });
        Refused(RefusalCode.DatesContradict, "valid_from", Samples.Risk() with
        {
            OpenedAt = Samples.Now.AddSeconds(1),
        });
        Refused(RefusalCode.FieldMissing, "assessment_id", Samples.Risk() with { AssessmentId = default });
        Refused(RefusalCode.FieldMissing, "reassess_triggers", Samples.Risk() with { ReassessTriggers = [] });
    }

    [Fact]
    public void Create_RiskOutOfForm_Refused()
    {
        Refused(RefusalCode.NumberOutOfRange, "contributions[0].risks[0].likelihood", WithRisk(risk => risk with
        {
            Likelihood = 0,
        }));
        Refused(RefusalCode.NumberOutOfRange, "contributions[0].risks[0].severity", WithRisk(risk => risk with
        {
            Severity = 5,
        }));
        Refused(RefusalCode.FieldMissing, "contributions[0].risks[0].threat_sources", WithRisk(risk => risk with
        {
            ThreatSources = [],
        }));
        Refused(RefusalCode.FieldMissing, "contributions[0].risks[0].threat_source_other", WithRisk(risk => risk with
        {
            ThreatSources = [ThreatSource.Other],
        }));
        Refused(
            RefusalCode.FieldMissing,
            "contributions[0].risks[0].countermeasures[0].kind",
            WithRisk(risk => risk with { Countermeasures = [new Countermeasure()] }));
    }

    private static RiskDetails Three() => Samples.Risk(
        Samples.Contribution(RiskAuthor.Person, RiskLevel.Extreme),
        Samples.Contribution(RiskAuthor.ProviderSending, RiskLevel.High),
        Samples.Contribution(RiskAuthor.LawEnforcementSending, RiskLevel.Medium));

    private static RiskDetails With(RiskContribution contribution) =>
        Samples.Risk(Samples.Contribution(RiskAuthor.Person, RiskLevel.Medium), contribution);

    private static RiskDetails WithRisk(Func<IdentifiedRisk, IdentifiedRisk> change) =>
        Samples.Risk(Samples.Contribution(RiskAuthor.Person, RiskLevel.Medium) with
        {
            Risks = [change(Risk(JourneyPhase.Arrival, 1, 1))],
        });

    private static RiskConsensus Consensus(RiskLevel level, params uint[] signedBy) => new()
    {
        Phase = JourneyPhase.Arrival,
        Level = level,
        Reason = Samples.Text("She moves to another town"),
        SignedBy = signedBy.ToValueList(),
    };

    private static IdentifiedRisk Risk(JourneyPhase phase, uint likelihood, uint severity) => new()
    {
        Phase = phase,
        AtRisk = AtRisk.Person,
        ThreatSources = [ThreatSource.CreditorDebt],
        Likelihood = likelihood,
        Severity = severity,
        Evidence = RiskEvidence.SelfReport,
    };

    // An author's level must not be below the author's own risks.
    private static RiskContribution Raised(RiskContribution contribution) => contribution with
    {
        Levels = PhaseLevels.From(phase => contribution.Levels[phase] == RiskLevel.Unspecified
            ? RiskLevel.Unspecified
            : contribution.LevelOf(phase)),
    };

    private static void Refused(RefusalCode code, string field, RiskDetails details) =>
        Expect.Refusal(code, field, RiskSection.Create(details));
}
