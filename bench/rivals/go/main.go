// Rival — cedar-go on a scenario that bench/rivals/native.ts exported.
//
//	rival FOLDER ROUNDS ROUND_MS WARM_UP_MS
//
// Policies, entities and requests are prepared before; only the call Authorize is timed. Prints one line of JSON:
// { "nsPerDecision", "spread", "decisions" }. It knows no templates.
package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/cedar-policy/cedar-go"
)

type result struct {
	NsPerDecision float64 `json:"nsPerDecision"`
	Spread        float64 `json:"spread"`
	Decisions     []bool  `json:"decisions"`
}

// Where results escape to, so that none is optimized away.
var last cedar.Diagnostic

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	folder := args[0]
	var numbers [3]int
	for i := range numbers {
		number, err := strconv.Atoi(args[i+1])
		if err != nil {
			return err
		}
		numbers[i] = number
	}
	policies, entities, requests, err := read(folder)
	if err != nil {
		return err
	}
	decisions := make([]bool, len(requests))
	for i, request := range requests {
		decision, _ := cedar.Authorize(policies, entities, request)
		decisions[i] = decision == cedar.Allow
	}
	decide := func(i int) {
		_, last = cedar.Authorize(policies, entities, requests[i%len(requests)])
	}
	median, spread := timed(decide, len(requests), numbers[0], milliseconds(numbers[1]), milliseconds(numbers[2]))
	return json.NewEncoder(os.Stdout).Encode(result{median, spread, decisions})
}

func read(folder string) (*cedar.PolicySet, cedar.EntityMap, []cedar.Request, error) {
	text, err := os.ReadFile(filepath.Join(folder, "policies.cedar"))
	if err != nil {
		return nil, nil, nil, err
	}
	policies, err := cedar.NewPolicySetFromBytes("policies.cedar", text)
	if err != nil {
		return nil, nil, nil, err
	}
	var entities cedar.EntityMap
	if err := data(folder, "entities.json", &entities); err != nil {
		return nil, nil, nil, err
	}
	var requests []cedar.Request
	if err := data(folder, "requests.json", &requests); err != nil {
		return nil, nil, nil, err
	}
	return policies, entities, requests, nil
}

func data(folder, name string, into any) error {
	text, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// Median of the rounds in nanoseconds, and half the distance between the quartiles as a share of it: as bench/harness.ts does.
func timed(decide func(int), requests, rounds int, round, warmUp time.Duration) (float64, float64) {
	begin := time.Now()
	decided := 0
	for ; time.Since(begin) < warmUp; decided++ {
		decide(decided)
	}
	batch := int(math.Ceil(float64(decided) * float64(round) / float64(time.Since(begin))))
	samples := make([]float64, rounds)
	for number := range samples {
		first := number * batch % requests
		begin := time.Now()
		for i := first; i < first+batch; i++ {
			decide(i)
		}
		samples[number] = float64(time.Since(begin)) / float64(batch)
	}
	slices.Sort(samples)
	at := func(share float64) float64 { return samples[int(share*float64(len(samples)-1))] }
	return at(0.5), (at(0.75) - at(0.25)) / 2 / at(0.5)
}

func milliseconds(number int) time.Duration {
	return time.Duration(number) * time.Millisecond
}
