using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class RuleCatalogueTests
{
    private static SettingMap Map(params (string Key, SettingNode Value)[] entries) =>
        new([.. entries.Select(entry => new SettingEntry(entry.Key, entry.Value.Line, entry.Value))], 1);

    private static SettingScalar Text(string text, int line = 2) => new(text, line);

    private static SettingList List(params SettingNode[] items) => new([.. items], 2);

    private static T Rule<T>(SettingNode? file)
        where T : FloorRule
    {
        var set = RuleCatalogue.Build(file);
        Assert.Empty(set.Errors);
        return set.Rules.OfType<T>().Single();
    }

    private static SettingError Error(SettingNode file) => Assert.Single(RuleCatalogue.Build(file).Errors);

    [Fact]
    public void Every_rule_is_found_and_described()
    {
        Assert.Contains("settle-in", RuleCatalogue.All.Keys);
        Assert.Contains("break-limit", RuleCatalogue.All.Keys);
        foreach (var (id, rule) in RuleCatalogue.All)
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", id);
            Assert.Matches("^[A-Z][0-9.]*(, [A-Z][0-9.]*)*$", rule.Default.Clause);
            Assert.NotEmpty(rule.Default.Meaning.Zh);
            Assert.NotEmpty(rule.Default.Meaning.En);
            // What it does by default it must also be able to do when it is written down.
            Assert.Equal(rule.Default.Mode, rule.Default.Mode & rule.Default.Modes);
            Assert.All(rule.Parameters, parameter => Assert.NotEmpty(parameter.Meaning));
            Assert.Equal(rule.Parameters.Length, rule.Keys.Except(["enabled", "mode", "severity", "overrides"]).Count());
        }
    }

    [Fact]
    public void Every_default_can_be_written_down_and_read_back()
    {
        foreach (var (id, rule) in RuleCatalogue.All)
        {
            var written = rule.Parameters.Select(parameter => (parameter.Name, parameter.Type == ParameterType.List
                ? List([.. parameter.Default.Trim('[', ']').Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(word => Text(word))])
                : (SettingNode)Text(parameter.Default))).ToArray();
            var set = RuleCatalogue.Build(Map((id, Map(written))));
            Assert.Empty(set.Errors);
            Assert.Equal(rule.Default, set.Rules.Single(one => one.Id == id));
        }
    }

    [Fact]
    public void A_parameter_is_described_by_name_type_default_range_and_meaning()
    {
        var length = RuleCatalogue.All["settle-in"].Parameters.Single(parameter => parameter.Name == "lock");
        Assert.Equal((ParameterType.Duration, "30m", "0s to 24h"), (length.Type, length.Default, length.Range));
        var warn = RuleCatalogue.All["break-limit"].Parameters.Single(parameter => parameter.Name == "warn_before");
        Assert.Equal("1m", warn.Default);
    }

    [Fact]
    public void Without_a_file_every_rule_runs_with_its_defaults()
    {
        Assert.Equal(RuleCatalogue.Defaults, RuleCatalogue.Build(null).Rules);
        Assert.Equal(TimeSpan.FromMinutes(30), Rule<SettleIn>(Map()).Lock);
        Assert.Equal(EnforcementMode.Refuse | EnforcementMode.Revert, Rule<SettleIn>(null).Mode);
    }

    [Fact]
    public void Settings_are_read_as_people_write_them()
    {
        var rule = Rule<SettleIn>(Map(("settle-in", Map(
            ("lock", Text("1h30m")), ("except", List(Text("training"))), ("revert_limit", Text("1")), ("mode", Text("watch")),
            ("severity", Text("critical")), ("enabled", Text("false"))))));
        Assert.Equal(TimeSpan.FromMinutes(90), rule.Lock);
        Assert.Equal(["training"], rule.Except);
        Assert.Equal((1, EnforcementMode.Watch, Severity.Critical, false), (rule.RevertLimit, rule.Mode, rule.Severity, rule.Enabled));
        // The catalogue's own rule is untouched.
        Assert.Equal(TimeSpan.FromMinutes(30), Rule<SettleIn>(null).Lock);
    }

    [Theory]
    [InlineData("refuse + revert")]
    [InlineData("revert+refuse")]
    public void Several_modes_stand_in_one_word(string mode) =>
        Assert.Equal(EnforcementMode.Refuse | EnforcementMode.Revert, Rule<SettleIn>(Map(("settle-in", Map(("mode", Text(mode)))))).Mode);

    [Fact]
    public void An_override_starts_from_the_rules_own_settings_and_changes_what_it_names()
    {
        var rule = Rule<SettleIn>(Map(("settle-in", Map(
            ("overrides", List(Map(("team", Text("new")), ("lock", Text("1h"))), Map(("queue", Text("vip")), ("enabled", Text("false"))))),
            ("mode", Text("watch"))))));
        Assert.Equal(("team", "new"), (rule.Overrides[0].Kind, rule.Overrides[0].Id));
        Assert.Equal((TimeSpan.FromHours(1), EnforcementMode.Watch), (((SettleIn)rule.Overrides[0].Rule).Lock, rule.Overrides[0].Rule.Mode));
        Assert.False(rule.Overrides[1].Rule.Enabled);
        Assert.Equal(TimeSpan.FromMinutes(30), rule.Lock);
    }

    [Theory]
    [InlineData("lock", "soon", "settle-in.lock", "'soon' is not a duration such as 30m, 90s or 1h30m")]
    [InlineData("lock", "25h", "settle-in.lock", "lock must be 0s to 24h; it is 25h")]
    [InlineData("lock", "-5m", "settle-in.lock", "'-5m' is not a duration such as 30m, 90s or 1h30m")]
    [InlineData("lock", "5m1h", "settle-in.lock", "'5m1h' is not a duration such as 30m, 90s or 1h30m")]
    [InlineData("lock", "99999999h", "settle-in.lock", "'99999999h' is not a duration such as 30m, 90s or 1h30m")]
    [InlineData("revert_limit", "2.5", "settle-in.revert_limit", "'2.5' is not a whole number")]
    [InlineData("revert_limit", "101", "settle-in.revert_limit", "revert_limit must be 0 to 100; it is 101")]
    [InlineData("enabled", "yes", "settle-in.enabled", "enabled is true or false")]
    [InlineData("severity", "high", "settle-in.severity", "severity is info, warning or critical")]
    public void What_is_wrong_is_named_with_its_key_line_and_what_is_legal(string key, string value, string path, string message)
    {
        var error = Error(Map(("settle-in", Map((key, Text(value, 7))))));
        Assert.Equal((7, path, message), (error.Line, error.Path, error.Message));
    }

    [Fact]
    public void A_mode_that_the_rule_does_not_have_is_refused()
    {
        Assert.Equal("mode of settle-in is of watch, refuse, revert; it is end", Error(Map(("settle-in", Map(("mode", Text("end")))))).Message);
        Assert.Equal("refuse", Error(Map(("settle-in", Map(("mode", Text("refse")))))).Nearest);
    }

    [Fact]
    public void An_unknown_rule_or_key_is_refused_with_the_nearest_known_one()
    {
        Assert.Equal("settle-in", Error(Map(("setle-in", Map()))).Nearest);
        Assert.Equal("lock", Error(Map(("settle-in", Map(("lok", Text("30m")))))).Nearest);
        Assert.Null(Error(Map(("settle-in", Map(("colour-of-the-walls", Text("white")))))).Nearest);
    }

    [Fact]
    public void All_errors_are_told_at_once_in_the_order_of_the_file()
    {
        var errors = RuleCatalogue.Build(Map(
            ("settle-in", Map(("lock", Text("x", 3)), ("mode", Text("never", 4)))), ("brake-limit", Map()), ("break-limit", Text("off", 9)))).Errors;
        Assert.Equal(4, errors.Length);
        Assert.Equal(errors.OrderBy(error => error.Line), errors);
    }

    [Theory]
    [InlineData("service-level", "team", "service-level has overrides for a queue only, none for a team")]
    [InlineData("service-level", "shift", "service-level has overrides for a queue only, none for a shift")]
    [InlineData("concurrent-breaks", "queue", "concurrent-breaks has overrides for a team only, none for a queue")]
    [InlineData("concurrent-breaks", "shift", "concurrent-breaks has overrides for a team only, none for a shift")]
    [InlineData("attendance-rate", "queue", "attendance-rate has overrides for a team or a shift only, none for a queue")]
    [InlineData("duty-supervisor", "shift", "duty-supervisor is about the floor as a whole and has no overrides")]
    public void An_override_that_the_rule_could_not_heed_is_refused_with_its_line(string rule, string scope, string message)
    {
        var error = Error(Map((rule, Map(("overrides", List(Map((scope, Text("x", 7)))))))));
        Assert.Equal(($"{rule}.overrides[0].{scope}", message), (error.Path, error.Message));
    }

    [Fact]
    public void Every_override_that_is_taken_is_heeded()
    {
        foreach (var (id, rule) in RuleCatalogue.All)
        {
            foreach (var scope in rule.Default.Scopes)
            {
                var set = RuleCatalogue.Build(Map((id, Map(("enabled", Text("false")), ("overrides", List(Map((scope, Text("x")), ("enabled", Text("true")))))))));
                Assert.Empty(set.Errors);
                var built = set.Rules.Single(one => one.Id == id);
                Assert.True(Heeded(built, scope).Enabled, $"{id} for {scope}");
            }
        }
    }

    // The rule as the judgement finds it for somebody of that team, queue or shift.
    private static IFloorRule Heeded(IFloorRule rule, string scope) => (rule, scope) switch
    {
        (ITeamRule { HeedsOverrides: true }, _) => RuleScope.ForTeam(rule, scope == "team" ? "x" : "", scope == "shift" ? "x" : ""),
        (ITeamRule, "team") => RuleScope.ForTeam(rule, "x"),
        (IQueueRule, "queue") => RuleScope.ForQueue(rule, "x"),
        (IAgentRule, _) => RuleScope.For(rule, Scene.SignedIn("09:00:00", team: "x") with { Members = [Scene.Member("x", Scene.At("09:00:00"))] }, OnShift, Scene.At("09:00:00")),
        _ => rule,
    };

    private static FloorState OnShift => FloorState.Empty with
    {
        Setup = FloorSetup.Default with { Shifts = [new("x", new(8, 0, 0), new(18, 0, 0), [])], Roster = [new(null, "1001", "x", null, RosterStatus.Work)] },
    };

    [Fact]
    public void An_override_for_nobody_or_for_two_at_once_is_refused()
    {
        var path = "settle-in.overrides[0]";
        Assert.Equal(path, Error(Map(("settle-in", Map(("overrides", List(Map(("lock", Text("1m"))))))))).Path);
        Assert.Equal(path, Error(Map(("settle-in", Map(("overrides", List(Map(("team", Text("a")), ("queue", Text("b"))))))))).Path);
        Assert.Equal($"{path}.overrides", Error(Map(("settle-in", Map(("overrides", List(Map(("team", Text("a")), ("overrides", List())))))))).Path);
    }
}
