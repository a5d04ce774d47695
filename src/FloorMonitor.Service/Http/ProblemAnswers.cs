using Microsoft.AspNetCore.Diagnostics;

namespace FloorMonitor.Service.Http;

/// <summary>Whatever goes wrong, the answer is a problem of RFC 9457 and never shows what the program looks like inside.</summary>
internal static class ProblemAnswers
{
    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            AllowStatusCode404Response = true,
            ExceptionHandler = http =>
            {
                var status = http.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad ? bad.StatusCode : 500;
                return Answers.WriteAsync(http, FloorProblem.OfStatus(status));
            },
        });
        app.UseStatusCodePages(context => Answers.WriteAsync(context.HttpContext, FloorProblem.OfStatus(context.HttpContext.Response.StatusCode)));
    }
}
