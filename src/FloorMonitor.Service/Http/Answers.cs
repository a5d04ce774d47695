using System.Text.Json.Serialization.Metadata;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Http;

/// <summary>Writes answers: the wire's JSON, or a problem.</summary>
internal static class Answers
{
    public static IResult Ok<T>(T value) => Results.Json(value, (JsonTypeInfo<T>)WireFormat.Settings.GetTypeInfo(typeof(T)));

    public static IResult Problem(FloorProblem problem) =>
        Results.Json(problem, (JsonTypeInfo<FloorProblem>)WireFormat.Settings.GetTypeInfo(typeof(FloorProblem)), FloorProblem.ContentType, problem.Status);

    /// <summary>Writes a problem to a response that has not begun.</summary>
    public static Task WriteAsync(HttpContext http, FloorProblem problem)
    {
        http.Response.StatusCode = problem.Status;
        return http.Response.WriteAsJsonAsync(
            problem, (JsonTypeInfo<FloorProblem>)WireFormat.Settings.GetTypeInfo(typeof(FloorProblem)), FloorProblem.ContentType, http.RequestAborted);
    }

    /// <summary>A path's segment as it was meant: routing leaves an encoded slash as it is.</summary>
    public static string Segment(string value) => value.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
