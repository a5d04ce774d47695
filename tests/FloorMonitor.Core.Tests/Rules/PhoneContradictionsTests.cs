using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Core.Tests.Floor;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class PhoneContradictionsTests
{
    private static Story Floor(int agents = 1)
    {
        var ids = Enumerable.Range(1, agents).Select(number => $"a{number}").ToList();
        var story = new Story(FloorSetup.Default with
        {
            Feeds = [new(Story.Pbx, "ami"), new("phones", "sip")],
            Agents = ValueArray.From(ids.Select(id => new AgentSetup(id, "王" + id, null, "PJSIP/" + id))),
        });
        story.Tell(new FeedSynced(story.Now, "phones", Story.Empty with { Phones = ValueArray.From(ids.Select(id => new SeenPhone(id, PhoneState.Idle, "reg"))) }));
        foreach (var id in ids) story.Joins(id, "support");
        return story;
    }

    [Fact]
    public void Sources_that_agree_are_no_news() => Assert.Null(PhoneContradictions.Of(Floor().State, Story.Time("10:00")));

    [Fact]
    public void A_contradiction_is_said_in_both_languages_once_it_has_lasted_ten_seconds()
    {
        var story = Floor().At("09:00");
        story.Tell(new PhoneSeen(story.Now, "phones", new("a1", PhoneState.Unreachable, "reg")));
        Assert.Null(PhoneContradictions.Of(story.State, story.Now.AddSeconds(9)));
        var said = PhoneContradictions.Of(story.State, story.Now.AddSeconds(10))!;
        Assert.Equal("两个来源对话机状态说法不一:王a1(pbx:空闲;phones:无法接通)", said.Zh);
        Assert.Equal("Two sources differ about phones: 王a1 (pbx: idle; phones: unreachable)", said.En);
    }

    [Fact]
    public void Of_many_only_the_first_are_named()
    {
        var story = Floor(8).At("09:00");
        for (var i = 1; i <= 8; i++) story.Tell(new PhoneSeen(story.Now, "phones", new($"a{i}", PhoneState.Unreachable, "reg")));
        var said = PhoneContradictions.Of(story.State, story.Now.AddMinutes(1))!;
        Assert.EndsWith("等 8 人", said.Zh, StringComparison.Ordinal);
        Assert.EndsWith(" and 3 more", said.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_while_the_second_source_is_out_of_sight()
    {
        var story = Floor().At("09:00");
        story.Tell(new PhoneSeen(story.Now, "phones", new("a1", PhoneState.Unreachable, "reg")));
        story.Tell(new FeedLost(story.Now, "phones", "cut"));
        Assert.Null(PhoneContradictions.Of(story.State, story.Now.AddMinutes(1)));
    }
}
