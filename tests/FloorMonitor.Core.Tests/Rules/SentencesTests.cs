using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class SentencesTests
{
    [Theory]
    [InlineData(0, "0 秒", "0 s")]
    [InlineData(59, "59 秒", "59 s")]
    [InlineData(60, "1 分钟", "1 min")]
    [InlineData(760, "12 分 40 秒", "12 min 40 s")]
    [InlineData(1800, "30 分钟", "30 min")]
    [InlineData(3600, "1 小时", "1 h")]
    [InlineData(5400, "1 小时 30 分钟", "1 h 30 min")]
    [InlineData(3661, "1 小时 1 分 1 秒", "1 h 1 min 1 s")]
    public void Durations_are_said_as_people_say_them(int seconds, string zh, string en)
    {
        Assert.Equal(zh, Sentences.Zh(TimeSpan.FromSeconds(seconds)));
        Assert.Equal(en, Sentences.En(TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void What_is_left_is_told_up_to_the_next_second_and_what_has_passed_down_to_the_last()
    {
        Assert.Equal("1 秒", Sentences.Zh(Sentences.Left(TimeSpan.FromMilliseconds(1))));
        Assert.Equal("2 秒", Sentences.Zh(Sentences.Left(TimeSpan.FromMilliseconds(1001))));
        Assert.Equal("1 秒", Sentences.Zh(TimeSpan.FromMilliseconds(1999)));
    }

    [Theory]
    [InlineData("D3.2", "三·一·3.2")]
    [InlineData("A1", "三·二·1")]
    [InlineData("P4.8", "一·三·4.8")]
    [InlineData("O3", "三·六·3")]
    [InlineData("G1", "一·四·1")]
    [InlineData("Q", "五·二")]
    [InlineData("D2.2, A1", "三·一·2.2、三·二·1")]
    public void Clauses_are_printed_by_the_handbooks_own_sections(string clause, string zh) => Assert.Equal(zh, Sentences.ClauseZh(clause));

    [Fact]
    public void Times_are_the_sites_own()
    {
        var floor = FloorState.Empty with { Setup = FloorSetup.Default with { TimeZone = "Asia/Shanghai" } };
        Assert.Equal("18:03:00", Sentences.Clock(Scene.At("10:03:00"), floor));
    }

    [Fact]
    public void A_personal_break_is_named_like_any_other() => Assert.Equal(new Text("休息", "break"), Sentences.Break("personal"));
}
