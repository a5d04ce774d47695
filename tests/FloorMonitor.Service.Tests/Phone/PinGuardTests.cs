using System.Net;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Phone;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Service.Tests.Phone;

/// <summary>PINs: right, wrong, locked for a while, and told nowhere.</summary>
public sealed class PinGuardTests
{
    private static readonly PhoneConfig Config = new(new IPEndPoint(IPAddress.Loopback, 4573), [IPAddress.Loopback], null, "floor", 3, TimeSpan.FromMinutes(10));
    private readonly FakeTimeProvider time = new();
    private readonly PinBook pins = new();
    private readonly PinGuard guard;

    public PinGuardTests()
    {
        guard = new(time);
        pins.Add("1001", "246810");
        pins.Add("1002", "1357");
    }

    private PinAnswer Try(string agent, string digits, string phone = "PJSIP/1") => guard.Try(agent, digits, phone, pins, Config);

    [Fact]
    public void Only_the_whole_pin_of_that_agent_is_right()
    {
        Assert.Equal(PinAnswer.Right, Try("1001", "246810"));
        foreach (var (agent, digits, i) in new[] { ("1001", "24681", 1), ("1001", "2468100", 2), ("1001", "", 3), ("1002", "246810", 4), ("9999", "1357", 5), ("", "", 6) })
            Assert.Equal(PinAnswer.Wrong, Try(agent, digits, $"PJSIP/{i}"));
    }

    [Fact]
    public void Three_wrong_ones_lock_that_agents_pin_from_every_phone_until_the_time_is_over()
    {
        for (var i = 0; i < 3; i++) Assert.Equal(PinAnswer.Wrong, Try("1001", "0000", $"PJSIP/{i}"));
        Assert.Equal(PinAnswer.Locked, Try("1001", "246810", "PJSIP/9"));
        Assert.Equal(PinAnswer.Right, Try("1002", "1357", "PJSIP/9"));
        time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Equal(PinAnswer.Locked, Try("1001", "246810", "PJSIP/9"));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(PinAnswer.Right, Try("1001", "246810", "PJSIP/9"));
    }

    [Fact]
    public void A_phone_that_tries_everybody_is_locked_too()
    {
        for (var i = 0; i < 3; i++) Assert.Equal(PinAnswer.Wrong, Try($"200{i}", "0000"));
        Assert.Equal(PinAnswer.Locked, Try("1002", "1357"));
        Assert.Equal(PinAnswer.Right, Try("1002", "1357", "PJSIP/2"));
    }

    [Fact]
    public void A_right_one_forgets_the_wrong_ones_before_it()
    {
        for (var round = 0; round < 5; round++)
        {
            Assert.Equal(PinAnswer.Wrong, Try("1001", "1"));
            Assert.Equal(PinAnswer.Wrong, Try("1001", "2"));
            Assert.Equal(PinAnswer.Right, Try("1001", "246810"));
        }
    }

    [Fact]
    public void What_is_remembered_has_an_end_and_nothing_prints_a_pin()
    {
        for (var i = 0; i < 10_000; i++) Try($"a{i}", "0", $"p{i}");
        Assert.Equal(PinAnswer.Right, Try("1001", "246810"));
        Assert.DoesNotContain("246810", $"{pins} {new FloorConfig { Directory = "", Setup = Core.Floor.FloorSetup.Default, Pbxs = [], Pins = pins }}", StringComparison.Ordinal);
    }
}
