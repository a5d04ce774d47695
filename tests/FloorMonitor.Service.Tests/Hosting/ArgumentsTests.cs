using FloorMonitor.Service.Hosting;

namespace FloorMonitor.Service.Tests.Hosting;

public sealed class ArgumentsTests
{
    [Fact]
    public void What_is_asked_for_is_understood()
    {
        Assert.Equal(new RunAsked(null), Arguments.Parse([]));
        Assert.Equal(new RunAsked("x"), Arguments.Parse(["--config", "x"]));
        Assert.Equal(new CheckAsked(null), Arguments.Parse(["check"]));
        Assert.Equal(new CheckAsked("x"), Arguments.Parse(["check", "--config", "x"]));
        Assert.Equal(new HelpAsked(), Arguments.Parse(["--help"]));
    }

    [Theory]
    [InlineData("unknown argument \"--confg\"; did you mean \"--config\"?", "--confg", "x")]
    [InlineData("unknown argument \"chekc\"; did you mean \"check\"?", "chekc")]
    [InlineData("unknown argument \"check\"", "--config", "x", "check")]
    [InlineData("--config needs a folder", "--config")]
    [InlineData("--config needs a folder", "--config", "")]
    [InlineData("--config is given twice", "--config", "x", "--config", "y")]
    public void What_is_not_known_is_refused_with_the_nearest(string why, params string[] arguments) =>
        Assert.StartsWith(why, Assert.IsType<Unusable>(Arguments.Parse(arguments)).Why, StringComparison.Ordinal);
}
